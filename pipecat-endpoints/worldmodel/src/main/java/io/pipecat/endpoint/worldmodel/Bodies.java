package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.http.Request;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;

/** Reads what was sent. */
final class Bodies {
    static final JsonLimits LIMITS = JsonLimits.DEFAULT;
    private static final Json JSON = Json.within(LIMITS);

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

    static JsonValue value(Request request) throws IOException, Malformed {
        byte[] body = request.readBody();
        if (body.length == 0) {
            throw new Malformed("The body is empty; a JSON value is expected there.");
        }
        try {
            return JSON.read(body);
        } catch (JsonException e) {
            throw new Malformed("The body is not JSON: " + e.getMessage() + ".");
        }
    }

    static JsonObject object(Request request) throws IOException, Malformed {
        JsonValue value = value(request);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new Malformed("The body must be a JSON object, not " + Json.kind(value) + ".");
    }
}
