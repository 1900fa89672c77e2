package io.pipecat.json;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.util.Map;

/** Tells before it is written that a result is too large: a value that holds one part a million times over is small in memory and gigabytes as text. */
public final class JsonSize {
    private static final int WORD = 4;
    private static final int QUOTES = 2;

    private long left;

    private JsonSize(long left) {
        this.left = left;
    }

    /**
     * Returns whether a value's text may fit. A text that is written afterwards can still be longer: escapes and what UTF-8 takes for a
     * character are not counted.
     *
     * @param value the value
     * @param limit the most characters
     * @return false if the text is longer for certain
     */
    public static boolean fits(JsonValue value, int limit) {
        JsonSize size = new JsonSize(limit);
        size.take(value);
        return size.left >= 0;
    }

    private void take(JsonValue value) {
        if (left < 0) {
            return;
        }
        switch (value) {
            case JsonObject object -> {
                left -= QUOTES;
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    left -= member.getKey().length() + QUOTES + 1;
                    take(member.getValue());
                    if (left < 0) {
                        return;
                    }
                }
            }
            case JsonArray array -> {
                left -= QUOTES;
                for (int i = 0; i < array.size() && left >= 0; i++) {
                    left--;
                    take(array.get(i));
                }
            }
            case JsonString string -> left -= string.value().length() + QUOTES;
            case JsonNumber number -> left -= number.text().length();
            case JsonBool bool -> left -= WORD;
            case JsonNull none -> left -= WORD;
        }
    }
}
