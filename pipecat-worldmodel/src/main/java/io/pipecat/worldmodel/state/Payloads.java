package io.pipecat.worldmodel.state;

import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Values as messages of a broker spell them. */
public final class Payloads {
    /** The largest payload that is read, in bytes. */
    public static final int MAX_BYTES = 16 << 20;

    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(MAX_BYTES));

    private Payloads() {}

    /**
     * Reads a payload.
     *
     * @param payload the bytes; its position may move
     * @return the JSON value if the text is JSON within the limits of {@link JsonLimits#DEFAULT} for depth and numbers, else the
     *     text as a string, in which bytes that are not UTF-8 are U+FFFD; empty if there are no bytes, which is how a topic is
     *     deleted
     */
    public static Optional<JsonValue> decode(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return Optional.empty();
        }
        return Optional.of(decode(StandardCharsets.UTF_8.decode(payload).toString()));
    }

    private static JsonValue decode(String text) {
        if (mayBeJson(text)) {
            try {
                return JSON.read(text);
            } catch (JsonException e) {
                // What is not JSON is text: that is what the contract says of payloads.
                return new JsonString(text);
            }
        }
        return new JsonString(text);
    }

    /** Tells most texts at a glance, for making an exception takes longer than all else that is done with a message. */
    private static boolean mayBeJson(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        if (from == to) {
            return false;
        }
        char last = text.charAt(to - 1);
        return switch (text.charAt(from)) {
            case '{' -> last == '}';
            case '[' -> last == ']';
            case '"' -> last == '"' && to - from > 1;
            case 't' -> text.regionMatches(from, "true", 0, to - from);
            case 'f' -> text.regionMatches(from, "false", 0, to - from);
            case 'n' -> text.regionMatches(from, "null", 0, to - from);
            default -> mayBeNumber(text, from, to);
        };
    }

    private static boolean mayBeNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean fits = (c >= '0' && c <= '9') || (i == from ? c == '-' : "+-.eE".indexOf(c) >= 0);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a value so that {@link #decode} reads it back: a string as it is, unless that would be read as something else; all
     * the rest as JSON.
     *
     * @param value the value
     * @return the bytes, at least one
     */
    public static ByteBuffer encode(JsonValue value) {
        String text = value.toString();
        if (value instanceof JsonString string
                && !string.value().isEmpty()
                && decode(string.value()).equals(string)
                && isEncodable(string.value())) {
            text = string.value();
        }
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isEncodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
