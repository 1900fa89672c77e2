package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation with a server in JSON-RPC 2.0, from its introduction to its end (Model Context Protocol, "Lifecycle"). Thread-safe:
 * requests run side by side.
 */
final class Session implements Transport.Receiver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The newest version that this side speaks; a server that does not know it answers with its own. */
    static final String VERSION = "2025-06-18";

    /** For what is used here the next version is the same, so a server that insists on it is understood. */
    private static final List<String> VERSIONS = List.of("2025-11-25", VERSION, "2025-03-26", "2024-11-05");

    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;

    private record Pending(CompletableFuture<JsonObject> answer, Consumer<? super JsonObject> progress) {}

    private final String name;
    private final Runnable onToolsChanged;
    private final Runnable onEnd;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final Transport transport;

    /**
     * Makes a session that has not begun; {@link #initialize} comes next.
     *
     * @param name the server's name
     * @param transport carries the messages; closed with the session
     * @param onToolsChanged called when the server has other tools now
     * @param onEnd called when the session is over
     */
    Session(String name, Transport transport, Runnable onToolsChanged, Runnable onEnd) {
        this.name = name;
        this.onToolsChanged = onToolsChanged;
        this.onEnd = onEnd;
        this.transport = transport;
    }

    /**
     * Connects and introduces both sides to each other.
     *
     * @return what the server says of itself
     */
    JsonObject initialize(String clientVersion, Duration timeout) throws McpException, InterruptedException {
        transport.start(this);
        JsonObject params = JsonObject.builder()
                .put("protocolVersion", VERSION)
                .put("capabilities", JsonObject.EMPTY)
                .put(
                        "clientInfo",
                        JsonObject.builder()
                                .put("name", "pipecat")
                                .put("version", clientVersion)
                                .build())
                .build();
        JsonObject result = request("initialize", params, timeout, progress -> {});
        String version = result.string("protocolVersion").orElse("");
        if (!VERSIONS.contains(version)) {
            throw new McpException(
                    McpException.Kind.REFUSED,
                    "it speaks version '" + version + "' of the protocol; this node speaks "
                            + String.join(", ", VERSIONS));
        }
        JsonObject tools = result.object("capabilities")
                .flatMap(capabilities -> capabilities.object("tools"))
                .orElseThrow(() -> new McpException(McpException.Kind.REFUSED, "it offers no tools"));
        // Told first, so that the notification already carries the version.
        transport.established(version, tools.bool("listChanged").orElse(false));
        transport.send(message("notifications/initialized", JsonObject.EMPTY).build(), OptionalLong.empty());
        return result;
    }

    /**
     * Sends a request and waits for its answer. If the wait ends early, by its time limit or by interruption, the server is told to stop.
     *
     * @param progress takes the parameters of each progress notification
     * @return the result
     */
    JsonObject request(String method, JsonObject params, Duration timeout, Consumer<? super JsonObject> progress)
            throws McpException, InterruptedException {
        long id = ids.incrementAndGet();
        Pending request = new Pending(new CompletableFuture<>(), progress);
        pending.put(id, request);
        try {
            String ended = end.getNow(null);
            if (ended != null) {
                throw new McpException(McpException.Kind.NOT_SENT, ended);
            }
            transport.send(
                    message(method, params(method, params, id)).put("id", id).build(), OptionalLong.of(id));
            return request.answer().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            cancel(method, id, "no answer within its time limit");
            throw new McpException(McpException.Kind.TIMEOUT, "no answer came within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            cancel(method, id, "cancelled by the user");
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof McpException reason) {
                throw reason;
            }
            throw new IllegalStateException("an answer failed in an unknown way", e);
        } finally {
            pending.remove(id);
        }
    }

    private static JsonObject params(String method, JsonObject params, long id) {
        if (!method.equals("tools/call")) {
            return params;
        }
        return params.toBuilder()
                .put("_meta", JsonObject.of("progressToken", JsonNumber.of(id)))
                .build();
    }

    private void cancel(String method, long id, String reason) {
        // The protocol has no way back from a half-made introduction but the end of the connection.
        if (!method.equals("initialize")) {
            JsonObject params = JsonObject.builder()
                    .put("requestId", id)
                    .put("reason", reason)
                    .build();
            try {
                transport.send(message("notifications/cancelled", params).build(), OptionalLong.empty());
            } catch (McpException e) {
                LOG.debug("MCP server {}: could not be told to stop request {}: {}", name, id, e.problem());
            }
        }
        transport.abandon(id);
    }

    private static JsonObject.Builder message(String method, JsonObject params) {
        JsonObject.Builder message = JsonObject.builder().put("jsonrpc", "2.0").put("method", method);
        return params.members().isEmpty() ? message : message.put("params", params);
    }

    @Override
    public void message(JsonObject message) {
        boolean asks = message.has("method");
        if (asks && message.has("id")) {
            answer(message);
        } else if (asks) {
            notified(
                    message.string("method").orElse(""),
                    message.object("params").orElse(JsonObject.EMPTY));
        } else {
            id(message.get("id").orElse(JsonNull.NULL)).ifPresent(id -> complete(id, message));
        }
    }

    private static OptionalLong id(JsonValue value) {
        try {
            return value instanceof JsonNumber number ? OptionalLong.of(number.toLong()) : OptionalLong.empty();
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private void complete(long id, JsonObject message) {
        Pending request = pending.get(id);
        if (request == null) {
            LOG.debug("MCP server {}: answer to request {}, for which nobody waits", name, id);
            return;
        }
        message.object("error")
                .ifPresentOrElse(
                        error -> request.answer().completeExceptionally(refusal(error)),
                        () -> message.object("result")
                                .ifPresentOrElse(
                                        result -> request.answer().complete(result),
                                        () -> request.answer()
                                                .completeExceptionally(new McpException(
                                                        McpException.Kind.UNREADABLE,
                                                        "its answer holds neither a result nor an error"))));
    }

    private static McpException refusal(JsonObject error) {
        long code =
                error.get("code").map(Session::id).orElse(OptionalLong.empty()).orElse(0);
        String text = error.string("message").orElse("no reason given");
        return new McpException(
                code == INVALID_PARAMS ? McpException.Kind.BAD_PARAMETERS : McpException.Kind.REFUSED, text);
    }

    private void notified(String method, JsonObject params) {
        switch (method) {
            case "notifications/tools/list_changed" -> onToolsChanged.run();
            case "notifications/progress" ->
                params.get("progressToken").map(Session::id).ifPresent(token -> {
                    Pending request = token.isPresent() ? pending.get(token.getAsLong()) : null;
                    if (request != null) {
                        request.progress().accept(params);
                    }
                });
            default -> LOG.debug("MCP server {}: {} {}", name, method, params);
        }
    }

    private void answer(JsonObject request) {
        JsonObject.Builder answer = JsonObject.builder()
                .put("jsonrpc", "2.0")
                .put("id", request.get("id").orElse(JsonNull.NULL));
        String method = request.string("method").orElse("");
        if (method.equals("ping")) {
            answer.put("result", JsonObject.EMPTY);
        } else {
            answer.put(
                    "error",
                    JsonObject.builder()
                            .put("code", METHOD_NOT_FOUND)
                            .put("message", "This client offers no " + new JsonString(method) + ".")
                            .build());
        }
        try {
            transport.send(answer.build(), OptionalLong.empty());
        } catch (McpException e) {
            LOG.debug("MCP server {}: its request {} could not be answered: {}", name, method, e.problem());
        }
    }

    @Override
    public void failed(long id, McpException reason) {
        Pending request = pending.remove(id);
        if (reason.kind() == McpException.Kind.NOT_SENT) {
            // First: whoever waits for this answer is to find a session that is over.
            closed(reason.problem());
        }
        if (request != null) {
            request.answer().completeExceptionally(reason);
        }
    }

    @Override
    public void closed(String reason) {
        if (end.complete(reason)) {
            pending.values()
                    .forEach(request ->
                            request.answer().completeExceptionally(new McpException(McpException.Kind.LOST, reason)));
            onEnd.run();
        }
    }

    /** Returns why the session is over; {@code null} while it is not. */
    @Nullable
    String ended() {
        return end.getNow(null);
    }

    @Override
    public void close() {
        closed("this node closes the connection");
        transport.close();
    }
}
