package io.pipecat.endpoint.tools;

import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import io.pipecat.json.JsonSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How the outcome of a call is answered. */
final class Outcomes {
    static final JsonObject CANCELLED = JsonObject.of("status", "cancelled");

    private static final String FAILED = "Error executing tool: ";
    private static final String INVALID = "Tool argument validation failed: ";
    private static final int MAX_MESSAGE = 4000;

    private Outcomes() {}

    static Response unknownTool(String tool) {
        return Response.error(404, "Tool '" + shortened(tool) + "' not found.");
    }

    static Response unknownMethod(String tool, String method) {
        return Response.error(404, "Method '" + shortened(method) + "' not found on tool '" + tool + "'.");
    }

    static Response notOffered(String method) {
        return Response.error(403, "Method '" + shortened(method) + "' is not a public callable method.");
    }

    static Response notAllowed(String tool, String method) {
        return Response.error(
                403,
                "Method '" + method + "' of tool '" + tool + "' is sensitive and not served here; the tool server's"
                        + " operator allows it by naming " + tool + "." + method + " in TOOL_SERVER_ALLOW.");
    }

    static Response busy(String tool, int limit) {
        return Response.error(
                        503,
                        "Tool '" + tool + "' runs " + limit + " calls already, which is as many as it may"
                                + " (tool_server_concurrency). Nothing was run; try again in a second.")
                .withHeader("Retry-After", "1");
    }

    static Response timeOver(String what, Duration timeout) {
        String shown = timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
        return Response.error(504, FAILED + "'" + what + "' did not finish within " + shown + " and was ended.");
    }

    static Response stopped(String what) {
        return Response.error(
                500,
                FAILED + "'" + what + "' was ended because this node is shutting down; what it did until then stays"
                        + " done.");
    }

    static Response cancelled(String id) {
        return Response.error(409, "Call '" + id + "' was cancelled.");
    }

    static Response doubled(String id) {
        return Response.error(409, "A call '" + id + "' is running already; each needs an id of its own.");
    }

    static Response result(String what, JsonValue result, int limit) {
        if (!JsonSize.fits(result, limit)) {
            return tooLarge(what, limit);
        }
        byte[] bytes = JsonObject.of("result", result).toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length > limit ? tooLarge(what, limit) : Response.bytes(200, "application/json", bytes);
    }

    private static Response tooLarge(String what, int limit) {
        return Response.error(
                500,
                FAILED + "the result of '" + what + "' is larger than " + limit
                        + " bytes (tool_server_result_limit); ask for less of it.");
    }

    static Response of(ToolException e, String tool, String method) {
        String message = shortened(e.getMessage());
        return switch (e.reason()) {
            case UNKNOWN_TOOL -> unknownTool(tool);
            case UNKNOWN_METHOD -> unknownMethod(tool, method);
            case NOT_OFFERED -> notOffered(method);
            case INVALID_ARGUMENTS -> Response.error(400, message.startsWith(INVALID) ? message : INVALID + message);
            case DENIED -> Response.error(403, message);
            case TIMEOUT -> Response.error(504, FAILED + message);
            case FAILED, UNAVAILABLE, UNCERTAIN -> Response.error(500, FAILED + message);
        };
    }

    /** What is no message of a tool's: the caller learns what kind of failure it was, the log all of it. */
    static Response broken(Throwable e, String id) {
        return Response.error(500, FAILED + e.getClass().getSimpleName() + ", see the node's log (id " + id + ").");
    }

    /** A message that quotes a stack trace, as those of some libraries do, ends before it. */
    private static String shortened(String message) {
        int trace = message.indexOf("\n\tat ");
        String plain = trace < 0 ? message : message.substring(0, trace);
        if (plain.length() <= MAX_MESSAGE) {
            return plain;
        }
        int end = Character.isHighSurrogate(plain.charAt(MAX_MESSAGE - 1)) ? MAX_MESSAGE - 1 : MAX_MESSAGE;
        return plain.substring(0, end) + "…";
    }

    /** For messages. */
    static String quoted(String text) {
        return new JsonString(shortened(text)).toString();
    }
}
