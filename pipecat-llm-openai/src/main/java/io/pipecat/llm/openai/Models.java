package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.shared.Excerpt;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.llm.openai.OpenAISettings.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    /** Of the time that a server may say nothing, so much for a glance: on a network that works, an inquiry takes milliseconds. */
    private static final int GLANCE_SHARE = 6;

    /** What servers with one model, which do not care, get. */
    private static final String ANY = "default";

    /** On a node of ours this name means the whole assistant with its own tools; any other one means the bare model. */
    private static final String WHOLE_AGENT = "pipecat";

    /** A failure to get a list is not repeated for so long: without a list every message would cost a request, or a timeout. */
    static final Duration WITHOUT_LIST = Duration.ofMinutes(5);

    /**
     * A model that a server lists.
     *
     * @param id its name in requests
     * @param contextTokens the size of its context, if the server says
     * @param llamaServer whether it is listed as llama-server does, which tells more at {@code /props}
     */
    record Model(String id, OptionalInt contextTokens, boolean llamaServer) {}

    /**
     * What is known of a server.
     *
     * @param model the model that it is asked for, as it lists it
     * @param until when to ask again; empty if never
     */
    private record Known(Optional<Model> model, Optional<Instant> until) {
        boolean isOver(Instant now) {
            return until.filter(end -> !now.isBefore(end)).isPresent();
        }
    }

    private final Http http;
    private final Limits limits;
    private final Limits brief;
    private final Clock clock;
    private final Optional<String> configured;
    private final Map<HttpUrl, Known> servers = new ConcurrentHashMap<>();

    Models(Http http, Limits limits, Clock clock, Optional<String> configured) {
        this.http = http;
        this.limits = limits.firstToken().compareTo(TIMEOUT) > 0 ? limits.withFirstToken(TIMEOUT) : limits;
        this.brief = limits.impatient().withFirstToken(limits.liveness());
        this.clock = clock;
        this.configured = configured;
    }

    Optional<String> configured() {
        return configured;
    }

    /** Returns the name to ask for. Where none is set, the server is asked once; one without a list again after a while. */
    String nameFor(Target target) throws InterruptedException {
        if (configured.isPresent()) {
            return configured.get();
        }
        Known known = servers.get(target.base());
        if (known == null || known.isOver(clock.instant())) {
            known = ask(target);
        }
        return known.model().map(Model::id).orElse(ANY);
    }

    /**
     * Returns the name to ask for, where another server can be asked instead of one that says nothing.
     *
     * @throws Failure if nobody is there
     */
    String nameForOneOfSeveral(Target target) throws Failure, InterruptedException {
        Known known = servers.get(target.base());
        if (configured.isPresent() || (known != null && !known.isOver(clock.instant()))) {
            return nameFor(target);
        }
        try {
            known = learn(target, brief);
        } catch (Failure e) {
            if (e.meansAway()) {
                throw e;
            }
            known = keepNothing(target, e);
        }
        return known.model().map(Model::id).orElse(ANY);
    }

    private Known ask(Target target) throws InterruptedException {
        try {
            return learn(target, limits);
        } catch (Failure e) {
            return keepNothing(target, e);
        }
    }

    private Known keepNothing(Target target, Failure e) {
        // A server without a list may answer nevertheless, and if not, that failure says more than this one.
        log.debug("No list of models, asking for \"{}\": {}", ANY, e.getMessage());
        Known nothing = new Known(Optional.empty(), Optional.of(clock.instant().plus(WITHOUT_LIST)));
        if (e.reason() != LLMException.Reason.UNAVAILABLE) {
            // Whoever is away now may well have a list when it is back.
            servers.put(target.base(), nothing);
        }
        return nothing;
    }

    /** Forgets what a server said: it may serve another model by now. */
    void forget(Target target) {
        servers.remove(target.base());
    }

    /** Returns how large the context is of the model that a server is asked for; empty if it has not said so. */
    OptionalInt contextTokens(Target target) {
        Known known = servers.get(target.base());
        return known == null
                ? OptionalInt.empty()
                : known.model().map(Model::contextTokens).orElse(OptionalInt.empty());
    }

    /**
     * Asks a server for its models, now, and keeps what it says of the one that it is asked for.
     *
     * @param others whether another can be asked instead of one that says nothing
     */
    void check(Target target, boolean others) throws Failure, InterruptedException {
        learn(target, others ? brief : limits);
    }

    /** Asks a server for its models in order to see whether it answers at all. */
    void inquire(Target target, Duration timeout) throws Failure, InterruptedException {
        Limits within = limits.withConnect(timeout).withFirstToken(timeout);
        http.send(target, target.url("models"), Optional.empty(), within, attempt -> attempt);
    }

    /**
     * Looks whether a server is there, briefly: another one was waited for already, and whoever asks should not wait that long again.
     *
     * @throws Failure if it is not
     */
    void glance(Target target) throws Failure, InterruptedException {
        Duration timeout = limits.liveness().dividedBy(GLANCE_SHARE);
        try {
            inquire(target, timeout);
        } catch (Failure e) {
            if (e.meansAway()) {
                throw new Failures(target, limits, clock).goneToo(timeout, e);
            }
        }
    }

    private Known learn(Target target, Limits within) throws Failure, InterruptedException {
        Optional<Model> listed = listed(get(target, target.url("models"), within)).stream()
                .filter(m -> configured.map(m.id()::equals).orElse(!m.id().equals(WHOLE_AGENT)))
                .findFirst();
        Optional<Model> model = listed.isPresent() ? Optional.of(withContext(target, listed.get(), within)) : listed;
        Known known = new Known(model, Optional.empty());
        servers.put(target.base(), known);
        return known;
    }

    /** Reads what a server lists. */
    static List<Model> listed(JsonObject answer) {
        JsonArray data = answer.array("data").or(() -> answer.array("models")).orElse(JsonArray.EMPTY);
        return data.objects()
                .flatMap(m -> m.string("id").or(() -> m.string("name")).stream()
                        .map(id -> new Model(id, context(m), isOfLlamaServer(m))))
                .toList();
    }

    /** Reads what llama-server says of itself. */
    static OptionalInt served(JsonObject props) {
        return size(props.object("default_generation_settings").orElse(JsonObject.EMPTY), "n_ctx");
    }

    private static OptionalInt context(JsonObject model) {
        // In "meta" as llama-server says it; what stands there as n_ctx_train is what the model could do, not what it
        // may.
        return Stream.concat(
                        Stream.of("max_model_len", "context_length", "context_window", "n_ctx")
                                .map(name -> size(model, name)),
                        model.object("meta").stream().map(meta -> size(meta, "n_ctx")))
                .flatMapToInt(OptionalInt::stream)
                .findFirst();
    }

    private static boolean isOfLlamaServer(JsonObject model) {
        return model.object("meta").isPresent()
                || model.string("owned_by").filter("llamacpp"::equals).isPresent();
    }

    /** Older llama-servers do not say in the list how large their context is. */
    private Model withContext(Target target, Model model, Limits within) throws InterruptedException {
        List<String> path = target.base().pathSegments();
        if (model.contextTokens().isPresent()
                || !model.llamaServer()
                || !target.ours()
                || !path.getLast().equals("v1")) {
            return model;
        }
        HttpUrl props = target.base()
                .newBuilder()
                .setPathSegment(path.size() - 1, "props")
                .build();
        try {
            return new Model(model.id(), served(get(target, props, within)), true);
        } catch (Failure e) {
            log.debug("The size of the context is not known: {}", e.getMessage());
            return model;
        }
    }

    private static OptionalInt size(JsonObject object, String name) {
        double size = object.number(name).map(JsonNumber::toDouble).orElse(0.0);
        return size >= 1 && size <= Integer.MAX_VALUE ? OptionalInt.of((int) size) : OptionalInt.empty();
    }

    private JsonObject get(Target target, HttpUrl url, Limits within) throws Failure, InterruptedException {
        return http.send(target, url, Optional.empty(), within, attempt -> {
            try {
                return object(attempt.body(MAX_BODY));
            } catch (BadAnswerException e) {
                throw new Failures(target, within, clock).bad(e, false);
            }
        });
    }

    /** Reads an answer. */
    static JsonObject object(String body) throws BadAnswerException {
        try {
            return Json.parseObject(body);
        } catch (JsonException e) {
            throw new BadAnswerException("no list of models but \"" + Excerpt.of(body) + '"', e);
        }
    }
}
