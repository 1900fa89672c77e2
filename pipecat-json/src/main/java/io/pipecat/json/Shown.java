package io.pipecat.json;

import io.pipecat.api.json.JsonValue;

/** Values in messages. */
final class Shown {
    private static final int MAX_LENGTH = 60;

    private Shown() {}

    /** The value's text, cut where it would make a message too long; never inside a surrogate pair. */
    static String of(JsonValue value) {
        String text = value.toString();
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "…";
    }
}
