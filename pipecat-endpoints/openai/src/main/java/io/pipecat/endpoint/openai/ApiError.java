package io.pipecat.endpoint.openai;

import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.LLMException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error in the shape that OpenAI's clients read. */
final class ApiError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final @Nullable Duration retryAfter;

    private ApiError(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message,
            @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    /** The request cannot be answered as it is. */
    static ApiError invalid(@Nullable String param, String message) {
        return new ApiError(400, "invalid_request_error", "invalid_value", param, message, null);
    }

    /** Something that OpenAI has and this does not. */
    static ApiError unsupported(String param, String message) {
        return new ApiError(400, "invalid_request_error", "unsupported_value", param, message, null);
    }

    /** No more may wait, whoever they are. */
    static ApiError queueFull(int waiting, Duration retryAfter) {
        return busy(waiting + " requests are waiting for this model already (llm_queue_length).", retryAfter);
    }

    /** This client may not have more of its requests wait; others may. */
    static ApiError shareFull(int waiting, Duration retryAfter) {
        return busy(
                waiting + " of your requests are waiting for this model already; the places that are left"
                        + " (llm_queue_length) are for others.",
                retryAfter);
    }

    private static ApiError busy(String why, Duration retryAfter) {
        return new ApiError(
                429,
                "rate_limit_error",
                "rate_limit_exceeded",
                null,
                why + " Try again in " + retryAfter.toSeconds() + " s.",
                retryAfter);
    }

    /** What this node would ask for its answer is this node. */
    static ApiError ownQuestion() {
        return new ApiError(
                503,
                "server_error",
                null,
                null,
                "This node asks itself: its language model is set to its own /v1. Point LLAMA_API_URL_OVERRIDE or"
                        + " LLM_FALLBACK at another server.",
                null);
    }

    static ApiError unauthorized(int status, String message) {
        return new ApiError(status, "authentication_error", "invalid_api_key", null, message, null);
    }

    static ApiError forbidden(String message) {
        return new ApiError(403, "permission_error", null, null, message, null);
    }

    static ApiError internal() {
        return new ApiError(500, "server_error", null, null, "Internal error, see the node's log.", null);
    }

    static ApiError of(LLMException e) {
        String message = String.valueOf(e.getMessage());
        Duration later = e.retryAfter().orElse(null);
        return switch (e.reason()) {
            case CONTEXT_OVERFLOW ->
                new ApiError(400, "invalid_request_error", "context_length_exceeded", "messages", message, null);
            // It is the node that was refused, not its client.
            case REJECTED, PROTOCOL, BROKEN_OFF -> new ApiError(502, "server_error", null, null, message, later);
            case UNAVAILABLE, UNUSABLE -> new ApiError(503, "server_error", null, null, message, later);
            case TIMEOUT -> new ApiError(504, "server_error", null, null, message, later);
        };
    }

    int status() {
        return status;
    }

    JsonObject body() {
        return JsonObject.of(
                "error",
                JsonObject.builder()
                        .put("message", String.valueOf(getMessage()))
                        .put("type", type)
                        .put("param", orNull(param))
                        .put("code", orNull(code))
                        .build());
    }

    private static JsonValue orNull(@Nullable String text) {
        return text == null ? JsonNull.NULL : new JsonString(text);
    }

    Response response() {
        Response response = Response.json(status, body());
        return Optional.ofNullable(retryAfter)
                .map(wait -> response.withHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds()))))
                .orElse(response);
    }
}
