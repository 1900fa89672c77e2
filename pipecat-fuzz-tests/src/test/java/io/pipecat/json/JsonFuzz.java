package io.pipecat.json;

import io.pipecat.api.json.JsonValue;
import io.pipecat.fuzz.Input;
import java.nio.charset.StandardCharsets;

/** What is read is what was written, by both readers and both writers. */
public final class JsonFuzz {

    private JsonFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        JsonValue value;
        try {
            value = Json.within(JsonLimits.DEFAULT).read(data);
        } catch (JsonException e) {
            Input.check("a message", e.getMessage() != null);
            return;
        }
        try {
            Input.check(
                    "text and bytes are the same",
                    Json.parse(new String(data, StandardCharsets.UTF_8)).equals(value));
            Input.check("compact", Json.parse(value.toString()).equals(value));
            Input.check("pretty", Json.parse(Json.pretty(value)).equals(value));
            Input.check(
                    "a size",
                    !JsonSize.fits(value, value.toString().length() - 1)
                            || JsonSize.fits(value, value.toString().length()));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
