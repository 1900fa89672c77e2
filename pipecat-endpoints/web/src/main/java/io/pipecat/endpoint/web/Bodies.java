package io.pipecat.endpoint.web;

import io.pipecat.api.http.Request;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;
import java.util.Optional;

/** Reads what was sent. */
final class Bodies {
    private static final Json JSON = Json.within(JsonLimits.DEFAULT);

    private Bodies() {}

    /** What was sent is not of the form. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String detail) {
            super(detail, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    static JsonObject object(Request request) throws IOException, Malformed {
        byte[] body = request.readBody();
        if (body.length == 0) {
            throw new Malformed("The body is empty; a JSON object is expected there.");
        }
        try {
            JsonValue value = JSON.read(body);
            if (value instanceof JsonObject object) {
                return object;
            }
            throw new Malformed("The body must be a JSON object, not " + Json.kind(value) + ".");
        } catch (JsonException e) {
            throw new Malformed("The body is not JSON: " + e.getMessage() + ".");
        }
    }

    /** A text that must be there, of a length within limits in characters. */
    static String text(JsonObject body, String name, int min, int max) throws Malformed {
        return optionalText(body, name, min, max)
                .orElseThrow(() -> new Malformed("'" + name + "' is missing; it must be a text."));
    }

    static Optional<String> optionalText(JsonObject body, String name, int min, int max) throws Malformed {
        Optional<JsonValue> value = body.get(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof JsonString string)) {
            throw new Malformed("'" + name + "' must be a text, not " + Json.kind(value.get()) + ".");
        }
        String text = string.value();
        if (text.strip().length() < min) {
            throw new Malformed("'" + name + "' is empty.");
        }
        if (text.length() > max) {
            throw new Malformed("'" + name + "' is too long: " + text.length() + " characters, at most " + max + ".");
        }
        return Optional.of(text);
    }
}
