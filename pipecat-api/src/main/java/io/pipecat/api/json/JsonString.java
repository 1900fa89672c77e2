package io.pipecat.api.json;

import java.util.Objects;

/**
 * A JSON string.
 *
 * @param value the text; any UTF-16, lone surrogates included
 */
public record JsonString(String value) implements JsonValue {

    /** Checks that there is a text. */
    public JsonString {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(value.length() + 2);
        JsonText.quote(value, out);
        return out.toString();
    }
}
