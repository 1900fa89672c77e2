package io.pipecat.endpoint.tools;

import io.pipecat.api.http.Request;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the body of a call says.
 *
 * @param tool the tool
 * @param method its method
 * @param arguments the arguments, none if they were left out
 */
record CallForm(String tool, String method, JsonObject arguments) {
    private static final Json JSON = Json.within(JsonLimits.DEFAULT);
    private static final String OBJECT = "Input should be a valid dictionary";

    /** The body is not of the form; the message names each field that is wrong. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String problems) {
            super(
                    "Tool argument validation failed: " + problems + " Please verify the required tool parameters.",
                    null,
                    false,
                    false);
        }
    }

    static CallForm read(Request request) throws IOException, Malformed {
        byte[] body = request.readBody();
        if (body.length == 0) {
            throw new Malformed(missing("body"));
        }
        if (!isJson(request.header("Content-Type"))) {
            throw new Malformed(invalid("body", OBJECT + " or object to extract fields from"));
        }
        JsonValue value;
        try {
            value = JSON.read(body);
        } catch (JsonException e) {
            throw new Malformed(
                    "Validation error on `body." + e.offset() + "`: JSON decode error: " + e.getMessage() + ".");
        }
        if (!(value instanceof JsonObject object)) {
            throw new Malformed(invalid("body", OBJECT + " or object to extract fields from"));
        }
        List<String> problems = new ArrayList<>();
        String tool = text(object, "tool", problems);
        String method = text(object, "method", problems);
        JsonValue arguments = object.get("args").orElse(JsonObject.EMPTY);
        if (!(arguments instanceof JsonObject)) {
            problems.add(invalid("body.args", OBJECT));
        }
        if (!problems.isEmpty() || !(arguments instanceof JsonObject byName)) {
            throw new Malformed(String.join(" ", problems));
        }
        return new CallForm(tool, method, byName);
    }

    private static boolean isJson(Optional<String> contentType) {
        String type = contentType.orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private static String text(JsonObject object, String name, List<String> problems) {
        Optional<JsonValue> value = object.get(name);
        if (value.isEmpty()) {
            problems.add(missing("body." + name));
        } else if (value.get() instanceof JsonString text) {
            return text.value();
        } else {
            problems.add(invalid("body." + name, "Input should be a valid string"));
        }
        return "";
    }

    private static String missing(String field) {
        return "The required parameter `" + field + "` is missing.";
    }

    private static String invalid(String field, String why) {
        return "The parameter `" + field + "` has an invalid type: " + why + ".";
    }
}
