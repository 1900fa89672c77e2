package io.pipecat.endpoint.mcp;

import io.pipecat.api.json.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client that has introduced itself, and its calls. Thread-safe. */
final class ClientSession {
    private final String id;
    private final String principal;
    private final String version;
    private final Map<JsonValue, ToolCall> calls = new ConcurrentHashMap<>();
    private volatile Instant lastUsed;

    ClientSession(String id, String principal, String version, Instant now) {
        this.id = id;
        this.principal = principal;
        this.version = version;
        this.lastUsed = now;
    }

    String id() {
        return id;
    }

    String principal() {
        return principal;
    }

    /** Returns whether the client knows results that are more than text. */
    boolean takesStructuredContent() {
        // The versions are dates, so that their order is that of their texts.
        return version.compareTo("2025-06-18") >= 0;
    }

    void use(Instant now) {
        lastUsed = now;
    }

    boolean idleSince(Instant time) {
        return calls.isEmpty() && lastUsed.isBefore(time);
    }

    Instant lastUsed() {
        return lastUsed;
    }

    /** Returns whether the id was free. */
    boolean add(JsonValue requestId, ToolCall call) {
        return calls.putIfAbsent(requestId, call) == null;
    }

    void remove(JsonValue requestId, ToolCall call) {
        calls.remove(requestId, call);
    }

    /** Ends a call; does nothing if it is over. */
    void cancel(JsonValue requestId) {
        ToolCall call = calls.get(requestId);
        if (call != null) {
            call.cancel();
        }
    }

    void cancelAll() {
        calls.values().forEach(ToolCall::cancel);
    }
}
