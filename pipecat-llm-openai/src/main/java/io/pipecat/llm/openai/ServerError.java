package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.shared.Excerpt;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a server says of its failure.
 *
 * @param message an excerpt fit for people; may be empty
 * @param code {@code code} and {@code type} in one lower-case text, to look for words in
 * @param status the HTTP status that the error names itself, or 0
 */
record ServerError(String message, String code, int status) {
    private static final List<String> OVERFLOW = List.of(
            "exceed_context_size",
            "exceeds the available context size",
            "context_length_exceeded",
            "maximum context length",
            "maximum model length",
            "max_model_len",
            "exceeds the context",
            "exceeds the model's context",
            "context length exceeded",
            "context window",
            "prompt is too long",
            "reduce the length of the messages",
            "request too large");

    /** Reads the body of an error answer: one of several JSON forms, a page, or any text. */
    static ServerError ofBody(String body) {
        JsonValue value;
        try {
            value = Json.parse(body);
        } catch (JsonException e) {
            // Not JSON: a proxy's page or plain text, quoted as it is.
            return new ServerError(Excerpt.of(body), "", 0);
        }
        return in(value).orElseGet(() -> new ServerError(Excerpt.of(body), "", 0));
    }

    /** Looks for an error in a chunk or a body; {@code "error": null} is none. */
    static Optional<ServerError> in(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.objects().findFirst().flatMap(ServerError::in);
        }
        if (!(value instanceof JsonObject object)) {
            return Optional.empty();
        }
        Optional<JsonValue> error = object.get("error").filter(e -> e != JsonNull.NULL);
        if (error.isPresent()) {
            return Optional.of(ofValue(error.get()));
        }
        if (object.has("choices")) {
            return Optional.empty();
        }
        if (object.has("detail")) {
            return object.get("detail").map(ServerError::ofValue);
        }
        return object.string("message").isPresent() ? Optional.of(ofValue(object)) : Optional.empty();
    }

    /** Reads what stands under {@code error}, in any form. */
    static ServerError ofValue(JsonValue error) {
        return switch (error) {
            case JsonObject object -> {
                String code = text(object, "code") + " " + text(object, "type");
                String message = object.string("message")
                        .or(() -> object.string("error"))
                        .or(() -> object.string("detail"))
                        .orElseGet(object::toString);
                yield new ServerError(Excerpt.of(message), code.strip().toLowerCase(Locale.ROOT), status(object));
            }
            case JsonArray array -> {
                // FastAPI lists what is wrong with each field.
                String message =
                        array.objects().flatMap(o -> o.string("msg").stream()).collect(Collectors.joining("; "));
                yield new ServerError(Excerpt.of(message.isEmpty() ? array.toString() : message), "", 0);
            }
            case JsonString string -> new ServerError(Excerpt.of(string.value()), "", 0);
            default -> new ServerError(Excerpt.of(error.toString()), "", 0);
        };
    }

    private static String text(JsonObject object, String name) {
        return object.get(name)
                .map(v -> v instanceof JsonString s ? s.value() : v.toString())
                .orElse("");
    }

    private static int status(JsonObject object) {
        return object.number("code")
                .map(JsonNumber::toDouble)
                .filter(d -> d >= 400 && d < 600)
                .orElse(0.0)
                .intValue();
    }

    boolean isOverflow() {
        String all = code + " " + message.toLowerCase(Locale.ROOT);
        return OVERFLOW.stream().anyMatch(all::contains);
    }

    /** Whether the account has nothing left, which waiting does not change. */
    boolean isQuota() {
        return code.contains("insufficient_quota");
    }

    boolean isInvalidRequest() {
        return code.contains("invalid_request");
    }
}
