package io.pipecat.endpoint.mcp;

import io.pipecat.api.Nearest;
import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.JsonSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Answers {@code tools/list} and {@code tools/call}. Thread-safe. */
final class ToolRequests implements AutoCloseable {
    private static final ToolCall.Watcher NOBODY = new ToolCall.Watcher() {
        @Override
        public void line(String text) {}

        @Override
        public void stillRunning() {}
    };

    private final NodeContext context;
    private final Set<String> allow;
    private final int concurrency;
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final int resultLimit;
    /** Not by the thread that waits for a call: that may be waiting for a client that reads nothing, or never come to it. */
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("mcp-deadlines").factory());

    ToolRequests(NodeContext context) {
        this.context = context;
        this.resultLimit = context.settings().get(McpEndpointSettings.RESULT_LIMIT);
        deadlines.setRemoveOnCancelPolicy(true);
        this.allow = Set.copyOf(context.settings().get(McpEndpointSettings.ALLOW));
        this.concurrency = context.settings().get(McpEndpointSettings.CONCURRENCY);
    }

    private ServedTools tools() {
        return new ServedTools(context.tools().local(), allow);
    }

    JsonObject list(JsonValue id, JsonObject params) {
        return params.has("cursor")
                ? Rpc.error(id, Rpc.INVALID_PARAMS, "There is no such page: all tools are on the first one.")
                : Rpc.result(id, JsonObject.of("tools", tools().list()));
    }

    /**
     * Calls a tool.
     *
     * @param streams whether the client takes a stream of events
     */
    Response call(ClientSession session, JsonValue id, JsonObject params, boolean streams) {
        String name = params.string("name").orElse("");
        ServedTools tools = tools();
        Optional<ServedTools.Served> served = tools.find(name);
        if (served.isEmpty()) {
            return Response.json(200, Rpc.error(id, Rpc.INVALID_PARAMS, unknown(name, tools)));
        }
        JsonValue arguments = params.get("arguments").orElse(JsonObject.EMPTY);
        if (!(arguments instanceof JsonObject named)) {
            return Response.json(
                    200, Rpc.error(id, Rpc.INVALID_PARAMS, "The arguments of " + name + " are no object."));
        }
        String toolName = served.get().toolName();
        Semaphore permit = permits.computeIfAbsent(toolName, tool -> new Semaphore(concurrency));
        if (!permit.tryAcquire()) {
            return Response.json(
                    200,
                    Rpc.result(
                            id,
                            failure("The tool '" + toolName + "' is busy with " + concurrency
                                    + " calls, as many as mcp_concurrency allows. Try again later.")));
        }
        Duration timeout = served.get()
                .method()
                .timeout()
                .orElseGet(() -> context.settings().get(McpEndpointSettings.TOOL_TIMEOUT));
        CompletableFuture<Void> ended = new CompletableFuture<>();
        ToolCall call = new ToolCall(
                served.get(),
                named,
                "mcp-" + numbers.incrementAndGet(),
                context.clock().instant().plus(timeout),
                timeout,
                over -> {
                    permit.release();
                    session.remove(id, over);
                    ended.complete(null);
                });
        if (!session.add(id, call)) {
            permit.release();
            return Response.json(
                    200, Rpc.error(id, Rpc.INVALID_REQUEST, "A request with the id " + id + " is running."));
        }
        start(call, timeout, ended, () -> {
            permit.release();
            session.remove(id, call);
        });
        Optional<JsonValue> token = params.object("_meta")
                .flatMap(meta -> meta.get("progressToken"))
                .filter(value -> value instanceof JsonString || value instanceof JsonNumber);
        Exchange exchange = new Exchange(id, call, resultLimit, session.takesStructuredContent());
        return streams && token.isPresent()
                ? Response.stream(200, "text/event-stream", out -> exchange.stream(out, token.get()))
                        .withHeader("Cache-Control", "no-store")
                : Response.json(200, exchange.run(NOBODY).orElseGet(() -> cancelled(id)));
    }

    private void start(ToolCall call, Duration timeout, CompletableFuture<Void> ended, Runnable otherwise) {
        boolean started = false;
        try {
            var deadline = deadlines.schedule(call::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
            var unused = ended.thenRun(() -> deadline.cancel(false));
            call.start();
            started = true;
        } finally {
            if (!started) {
                // The system gives no more threads, or this is being closed.
                ended.complete(null);
                otherwise.run();
            }
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    private static JsonObject cancelled(JsonValue id) {
        return Rpc.error(id, Rpc.CANCELLED, "The request was cancelled.");
    }

    private static String unknown(String name, ServedTools tools) {
        return tools.findWithheld(name)
                .map(withheld -> withheld.label() + " is sensitive, and mcp_allow does not list it.")
                .orElseGet(() -> "There is no tool " + new JsonString(name) + "." + Nearest.hint(name, tools.names()));
    }

    /** One call and its answer. */
    private record Exchange(JsonValue id, ToolCall call, int limit, boolean structured) {

        /** Returns the answer; empty if the client cancelled. */
        Optional<JsonObject> run(ToolCall.Watcher watcher) {
            ToolCall.Outcome outcome;
            try {
                outcome = call.await(watcher);
            } catch (InterruptedException e) {
                // The server stops. Its own answer to that says that nothing has run.
                outcome = new ToolCall.Outcome.Failed(call.label()
                        + " was ended because this node is shutting down; what it did until then stays done.");
            }
            return switch (outcome) {
                case ToolCall.Outcome.Done(JsonValue value) -> Optional.of(Rpc.result(id, success(value)));
                case ToolCall.Outcome.Failed(String text) -> Optional.of(Rpc.result(id, failure(text)));
                case ToolCall.Outcome.Ended() -> Optional.empty();
            };
        }

        private JsonObject success(JsonValue value) {
            if (!JsonSize.fits(value, limit)) {
                return failure("The result of " + call.label() + " is larger than " + limit
                        + " characters (mcp_result_limit); ask for less of it.");
            }
            String text = value instanceof JsonString string ? string.value() : value.toString();
            JsonObject.Builder result = content(value instanceof JsonNull ? "" : text);
            if (structured && value instanceof JsonObject) {
                result.put("structuredContent", value);
            }
            return result.put("isError", false).build();
        }

        void stream(OutputStream out, JsonValue token) throws IOException {
            ToolCall.Watcher watcher = new ToolCall.Watcher() {
                private int lines;

                @Override
                public void line(String text) throws IOException {
                    JsonObject params = JsonObject.builder()
                            .put("progressToken", token)
                            .put("progress", ++lines)
                            .put("message", text)
                            .build();
                    send(out, Rpc.notification("notifications/progress", params));
                }

                @Override
                public void stillRunning() throws IOException {
                    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            };
            Optional<JsonObject> answer = run(watcher);
            if (answer.isPresent()) {
                send(out, answer.get());
            }
        }

        private static void send(OutputStream out, JsonObject message) throws IOException {
            out.write(("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static JsonObject failure(String text) {
        return content(text).put("isError", true).build();
    }

    private static JsonObject.Builder content(String text) {
        JsonObject block =
                JsonObject.builder().put("type", "text").put("text", text).build();
        return JsonObject.builder().put("content", JsonArray.of(block));
    }
}
