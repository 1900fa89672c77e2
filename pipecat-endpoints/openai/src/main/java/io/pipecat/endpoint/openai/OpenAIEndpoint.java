package io.pipecat.endpoint.openai;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.Authenticator;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1}: OpenAI's API over this node's language model. */
final class OpenAIEndpoint implements HttpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAIEndpoint.class);
    private static final String INSTANCE_HEADER = "X-Pipecat-Instance";
    private static final Json JSON = Json.within(JsonLimits.DEFAULT);
    private static final int UNKNOWN_CONCURRENCY = 16;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /**
     * A client that is told the size of the context leaves out what it counts beyond. A model with a smaller one than this does so itself,
     * and better: it knows its own tokens.
     */
    private static final int SMALLEST_TOLD_CONTEXT = 2048;

    private final NodeContext context;
    private final Access access;
    private final Answers answers;
    private final FairQueue queue;
    private final Subscription gauge;

    OpenAIEndpoint(NodeContext context) {
        this.context = context;
        this.access = new Access(context.settings());
        this.answers = new Answers(context);
        Optional<Integer> set = context.settings().find(OpenAIEndpointSettings.CONCURRENCY);
        this.queue = new FairQueue(
                () -> set.orElseGet(() -> context.llm().concurrency().orElse(UNKNOWN_CONCURRENCY)),
                context.settings().get(OpenAIEndpointSettings.QUEUE));
        this.gauge = context.metrics()
                .gauge(
                        "pipecat_llm_queue_length",
                        "Requests that wait for the language model.",
                        Map.of(),
                        queue::waiting);
    }

    @Override
    public List<Route> routes() {
        // How long a model may take is its own affair, which its settings limit.
        return List.of(
                Route.of("POST", "/v1/chat/completions", this::complete)
                        .withSummary("Completes a chat, as a whole or as a stream of chunks.")
                        .withMaxBody(JsonLimits.DEFAULT.maxLength())
                        .withTimeout(Duration.ZERO),
                Route.of("GET", "/v1/models", request -> models()).withSummary("Lists the models that can be named."),
                Route.of("GET", "/v1/models/{id...}", request -> model(request.pathParameter("id")))
                        .withSummary("Tells of one model."));
    }

    @Override
    public Authenticator authenticator() {
        return access;
    }

    private Response complete(Request request) throws IOException, InterruptedException {
        try {
            refuseItself(request);
            refusePages(request);
            ChatRequest chat = ChatRequest.of(body(request));
            answers.check(chat);
            String name = chat.isForAgent() ? ChatRequest.AGENT : answers.modelName();
            Chunks chunks = new Chunks(
                    "chatcmpl-" + UUID.randomUUID(),
                    context.clock().instant().getEpochSecond(),
                    name,
                    chat.includeUsage());
            FairQueue.Ticket ticket = queue.enter(client(request));
            return chat.stream()
                    ? new StreamedAnswer(chunks, chat.includeUsage(), ticket, sink -> answers.answer(chat, sink))
                            .start()
                    : whole(chat, chunks, ticket);
        } catch (ApiError e) {
            return e.response();
        } catch (RuntimeException e) {
            // The server would answer too, but not in the shape that the clients of this API read.
            LOG.error("Answering a request failed", e);
            return ApiError.internal().response();
        }
    }

    /** A node whose language model is its own /v1 would ask, for each question, itself and again itself. */
    private void refuseItself(Request request) throws ApiError {
        if (request.headers(INSTANCE_HEADER).contains(context.node().instanceId())) {
            throw ApiError.ownQuestion();
        }
    }

    private Response whole(ChatRequest chat, Chunks chunks, FairQueue.Ticket ticket) throws InterruptedException {
        try (ticket) {
            ticket.await();
            LLMResponse answer = answers.answer(chat, frame -> {});
            return Response.json(
                    200,
                    chunks.whole(
                            answer.text(), answer.reasoning(), answer.toolCalls(), answer.reason(), answer.usage()));
        } catch (LLMException e) {
            return ApiError.of(e).response();
        }
    }

    private static String client(Request request) {
        return request.principal() + "@" + request.remote().getAddress().getHostAddress();
    }

    /** Where no key is asked for, any page that a person on this machine looks at could use the model. */
    private void refusePages(Request request) throws ApiError {
        Optional<String> origin = request.header("Origin");
        if (access.missingKeySetting().isPresent() && origin.isPresent() && !isLoopback(origin.get())) {
            throw ApiError.forbidden("Pages of " + new JsonString(origin.get())
                    + " may not call this server while it has no key (llama_api_key).");
        }
    }

    private static boolean isLoopback(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && LOOPBACK.contains(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static JsonObject body(Request request) throws IOException, ApiError {
        JsonValue value;
        try {
            value = JSON.read(request.readBody());
        } catch (JsonException e) {
            throw ApiError.invalid(null, "The body is not JSON: " + e.getMessage() + ".");
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw ApiError.invalid(null, "The body must be a JSON object.");
    }

    private Response models() {
        return Response.json(
                200,
                JsonObject.builder()
                        .put("object", "list")
                        .put(
                                "data",
                                JsonArray.of(
                                        bare(answers.modelName()),
                                        described(ChatRequest.AGENT).build()))
                        .build());
    }

    private Response model(String id) {
        return Response.json(
                200, id.equals(ChatRequest.AGENT) ? described(ChatRequest.AGENT).build() : bare(id));
    }

    private JsonObject bare(String name) {
        JsonObject.Builder model = described(name);
        int size = context.llm().contextTokens();
        return size < SMALLEST_TOLD_CONTEXT
                ? model.build()
                : model.put("meta", JsonObject.builder().put("n_ctx", size).build())
                        .build();
    }

    private JsonObject.Builder described(String name) {
        return JsonObject.builder()
                .put("id", name)
                .put("object", "model")
                .put("created", context.clock().instant().getEpochSecond())
                .put("owned_by", "pipecat");
    }

    @Override
    public void close() {
        gauge.close();
    }
}
