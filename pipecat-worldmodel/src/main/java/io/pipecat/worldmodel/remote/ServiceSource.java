package io.pipecat.worldmodel.remote;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import io.pipecat.worldmodel.state.TopicTree;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Response;

/** Learns what one instance of the service knows, as long as it tells it. */
final class ServiceSource {
    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(Http.MAX_BODY));
    private static final String EVERYTHING = "filter=%23&model=true";
    private static final int NOT_FOUND = 404;
    private static final int WRONG_VERB = 405;

    /** Why the following of an instance ended. */
    sealed interface Ended {
        /**
         * It is away, or was never there.
         *
         * @param problem what happened, as a part of a sentence
         */
        record Failed(String problem) implements Ended {}

        /** It is this node. */
        record ThisNode() implements Ended {}
    }

    private final Http http;
    private final Knowledge knowledge;
    private final Pace pace;
    private final Supplier<Duration> poll;
    private final Semaphore askNow = new Semaphore(0);

    ServiceSource(Http http, Knowledge knowledge, Pace pace, Supplier<Duration> poll) {
        this.http = http;
        this.knowledge = knowledge;
        this.pace = pace;
        this.poll = poll;
    }

    /** What an instance answers that is none of ours: it has the state, and no events. */
    private static final class NoEvents extends IOException {
        private static final long serialVersionUID = 1L;

        NoEvents() {
            super("it has no events");
        }
    }

    private static final class IsThisNode extends IOException {
        private static final long serialVersionUID = 1L;

        IsThisNode() {
            super("it is this node itself");
        }
    }

    /**
     * Follows an instance until it is lost.
     *
     * @param connected told once its whole state is here: whether it takes updates and commands
     */
    Ended follow(Service service, Consumer<Boolean> connected) throws InterruptedException {
        try {
            try {
                http.stream(
                        service.request(Optional.of(EVERYTHING), "events").header("Accept", "text/event-stream"),
                        response -> read(response, connected));
                return new Ended.Failed("it has ended the stream of events");
            } catch (NoEvents e) {
                return ask(service, connected);
            }
        } catch (IsThisNode e) {
            return new Ended.ThisNode();
        } catch (IOException e) {
            return new Ended.Failed(Http.words(e));
        }
    }

    private void read(Response response, Consumer<Boolean> connected) throws IOException {
        if (http.isOfThisNode(response)) {
            throw new IsThisNode();
        }
        if (response.code() == NOT_FOUND || response.code() == WRONG_VERB) {
            throw new NoEvents();
        }
        String type = String.valueOf(response.header("Content-Type"));
        if (!response.isSuccessful() || !type.startsWith("text/event-stream")) {
            throw new IOException(
                    refusal(response.code(), response.peekBody(2000).string()));
        }
        EventReader events = new EventReader(response.body().byteStream(), Http.MAX_BODY);
        boolean whole = false;
        try {
            for (Optional<EventReader.Event> event = events.next(); event.isPresent(); event = events.next()) {
                take(event.get());
                if (!whole && event.get().name().equals("model")) {
                    whole = true;
                    connected.accept(true);
                }
            }
        } finally {
            if (whole) {
                knowledge.lost();
            }
        }
    }

    private void take(EventReader.Event event) throws IOException {
        switch (event.name()) {
            case "snapshot" -> {
                JsonObject data = object(event.data());
                TopicTree tree = TopicTree.EMPTY;
                JsonObject topics =
                        data.object("topics").orElseThrow(() -> new IOException("its snapshot has no topics"));
                for (Map.Entry<String, JsonValue> topic : topics.members().entrySet()) {
                    tree = tree.with(topic.getKey(), topic.getValue());
                }
                knowledge.replace(tree);
                heard(data);
            }
            case "change" -> {
                JsonObject data = object(event.data());
                String topic = data.string("topic").orElseThrow(() -> new IOException("its change has no topic"));
                data.get("value").ifPresentOrElse(value -> knowledge.put(topic, value), () -> knowledge.remove(topic));
                knowledge.stillThere();
            }
            case "model" -> knowledge.model(ServedModel.read(object(event.data())));
            case "device" -> knowledge.device(ServedModel.device(object(event.data())));
            case "alive" -> heard(object(event.data()));
            default -> knowledge.stillThere();
        }
    }

    private void heard(JsonObject data) {
        long age = data.number("age_ms").map(number -> (long) number.toDouble()).orElse(0L);
        knowledge.live(Duration.ofMillis(Math.max(0, age)), pace.quiet().dividedBy(2));
    }

    private static JsonObject object(String text) throws IOException {
        try {
            if (JSON.read(text) instanceof JsonObject object) {
                return object;
            }
            throw new IOException("it sent something else than a JSON object");
        } catch (JsonException e) {
            throw new IOException("what it sent is not JSON: " + e.getMessage(), e);
        }
    }

    /** What a refusal says, as a part of a sentence. */
    static String refusal(int status, String body) {
        String said = "";
        try {
            if (Json.parse(body) instanceof JsonObject object) {
                said = object.string("detail").orElse("");
            }
        } catch (JsonException e) {
            said = body.length() > 200 ? "" : body.strip();
        }
        String key = status == 401 || status == 403 ? " (is WORLD_MODEL_API_KEY right?)" : "";
        return "it answered " + status + (said.isEmpty() ? "" : ": " + new JsonString(said)) + key;
    }

    /** The predecessor's service tells only who asks. */
    private Ended ask(Service service, Consumer<Boolean> connected) throws IOException, InterruptedException {
        String last = "";
        boolean told = false;
        while (true) {
            last = askOnce(service, last);
            if (!told) {
                told = true;
                connected.accept(false);
            }
            if (askNow.tryAcquire(poll.get().toMillis(), TimeUnit.MILLISECONDS)) {
                askNow.drainPermits();
            }
        }
    }

    /** Asks for the whole state; returns its text, which the next one is compared with. */
    String askOnce(Service service, String last) throws IOException, InterruptedException {
        Http.Reply reply = http.send(service.request("state"));
        if (reply.ofThisNode()) {
            throw new IsThisNode();
        }
        if (!reply.ok()) {
            throw new IOException(refusal(reply.status(), reply.body()));
        }
        if (!reply.body().equals(last)) {
            TopicTree[] tree = {TopicTree.EMPTY};
            NestedTopics.forEach(object(reply.body()), (topic, value) -> tree[0] = tree[0].with(topic, value));
            knowledge.model(null);
            knowledge.replace(tree[0]);
        }
        knowledge.asked();
        return reply.body();
    }

    /** Asks at once, where asking is how it is followed. */
    void askNow() {
        askNow.release();
    }

    void interrupt() {
        http.interrupt();
    }
}
