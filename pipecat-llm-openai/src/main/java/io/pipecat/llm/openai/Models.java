package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.llm.openai.OpenAISettings.Limits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What servers say of their models ({@code GET /models}, and llama-server's {@code GET /props}). Thread-safe. */
final class Models {
    private static final Logger log = LoggerFactory.getLogger(Models.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BODY = 4 << 20;

    /** What servers with one model, which do not care, get. */
    private static final String ANY = "default";

    /** On a node of ours this name means the whole assistant with its own tools; any other one means the bare model. */
    private static final String WHOLE_AGENT = "pipecat";

    /**
     * A model that a server lists.
     *
     * @param id its name in requests
     * @param contextTokens the size of its context, if the server says
     */
    record Model(String id, OptionalInt contextTokens) {}

    private final Http http;
    private final Limits limits;
    private final Clock clock;
    private final Optional<String> configured;
    private final Map<HttpUrl, String> names = new ConcurrentHashMap<>();

    Models(Http http, Limits limits, Clock clock, Optional<String> configured) {
        this.http = http;
        this.limits = limits.firstToken().compareTo(TIMEOUT) > 0 ? limits.withFirstToken(TIMEOUT) : limits;
        this.clock = clock;
        this.configured = configured;
    }

    Optional<String> configured() {
        return configured;
    }

    /** Returns the name to ask for. Where none is set, the server is asked once. */
    String nameFor(Target target) throws InterruptedException {
        if (configured.isPresent()) {
            return configured.get();
        }
        String known = names.get(target.base());
        if (known != null) {
            return known;
        }
        try {
            String name = list(target).stream()
                    .map(Model::id)
                    .filter(id -> !id.equals(WHOLE_AGENT))
                    .findFirst()
                    .orElse(ANY);
            names.put(target.base(), name);
            return name;
        } catch (Failure e) {
            // A server without a list may answer nevertheless, and if not, that failure says more than this one.
            log.debug("No list of models, asking for \"{}\": {}", ANY, e.getMessage());
            return ANY;
        }
    }

    /** Forgets a name that the server gave: it may serve another model by now. */
    void forget(Target target) {
        names.remove(target.base());
    }

    /** Asks a server for its models. */
    List<Model> list(Target target) throws Failure, InterruptedException {
        JsonObject answer = get(target, target.url("models"));
        JsonArray data = answer.array("data").or(() -> answer.array("models")).orElse(JsonArray.EMPTY);
        return data.objects()
                .flatMap(m -> m.string("id").or(() -> m.string("name")).stream().map(id -> new Model(id, context(m))))
                .toList();
    }

    private static OptionalInt context(JsonObject model) {
        return Stream.of("max_model_len", "context_length", "context_window")
                .flatMap(name -> size(model, name).stream().boxed())
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /** Returns the size of the context that requests to a server get; empty if it does not say. */
    OptionalInt contextTokens(Target target, List<Model> models) throws InterruptedException {
        Optional<Model> ours = models.stream()
                .filter(m -> configured.map(m.id()::equals).orElse(true))
                .findFirst();
        OptionalInt listed = ours.map(Model::contextTokens).orElse(OptionalInt.empty());
        List<String> path = target.base().pathSegments();
        if (listed.isPresent() || !target.ours() || !path.getLast().equals("v1")) {
            return listed;
        }
        HttpUrl props = target.base()
                .newBuilder()
                .setPathSegment(path.size() - 1, "props")
                .build();
        try {
            return size(get(target, props).object("default_generation_settings").orElse(JsonObject.EMPTY), "n_ctx");
        } catch (Failure e) {
            log.debug("The size of the context is not known: {}", e.getMessage());
            return OptionalInt.empty();
        }
    }

    private static OptionalInt size(JsonObject object, String name) {
        double size = object.number(name).map(JsonNumber::toDouble).orElse(0.0);
        return size >= 1 && size <= Integer.MAX_VALUE ? OptionalInt.of((int) size) : OptionalInt.empty();
    }

    private JsonObject get(Target target, HttpUrl url) throws Failure, InterruptedException {
        return http.send(target, url, Optional.empty(), limits, attempt -> {
            try {
                String body = attempt.body(MAX_BODY);
                try {
                    return Json.parseObject(body);
                } catch (JsonException e) {
                    throw new BadAnswerException("no list of models but \"" + Excerpt.of(body) + '"', e);
                }
            } catch (BadAnswerException e) {
                throw new Failures(target, limits, clock).bad(e, false);
            }
        });
    }
}
