package io.pipecat.endpoint.mcp;

import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;

/** Messages of JSON-RPC 2.0, and the HTTP answers that carry them. */
final class Rpc {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;

    /** What the official SDKs send where the protocol leaves the number to the server. */
    static final int SERVER_ERROR = -32000;

    static final int SESSION_NOT_FOUND = -32001;

    /** Not the protocol's: whoever cancels a request reads no answer to it, but HTTP has to give one. */
    static final int CANCELLED = -32800;

    private Rpc() {}

    static JsonObject result(JsonValue id, JsonObject result) {
        return JsonObject.builder()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("result", result)
                .build();
    }

    static JsonObject error(JsonValue id, int code, String message) {
        return JsonObject.builder()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put(
                        "error",
                        JsonObject.builder()
                                .put("code", code)
                                .put("message", message)
                                .build())
                .build();
    }

    static JsonObject notification(String method, JsonObject params) {
        return JsonObject.builder()
                .put("jsonrpc", "2.0")
                .put("method", method)
                .put("params", params)
                .build();
    }

    /** Refuses a whole HTTP request. */
    static Response refusal(int status, int code, String message) {
        return Response.json(status, error(JsonNull.NULL, code, message));
    }
}
