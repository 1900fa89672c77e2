package io.pipecat.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON text (RFC 8259). Reading is strict: one value and nothing after it, no comments, no NaN, no
 * duplicate names, valid UTF-8, within limits. All methods are thread-safe.
 */
public final class Json {
    private static final Json DEFAULT = new Json(JsonLimits.DEFAULT);

    private final JsonLimits limits;
    private final JsonFactory factory;

    private Json(JsonLimits limits) {
        this.limits = limits;
        this.factory = new JsonFactoryBuilder()
                // Names from strangers are not worth keeping, and a table of them can be attacked.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // A pool for each thread would be a pool for each request: requests have virtual threads of their own.
                .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                // The limits are checked here, in words of ours; a string cannot be longer than the text.
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth() + 1)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /**
     * Returns a reader with limits of its own.
     *
     * @param limits how much to read
     * @return the reader; make it once and keep it
     */
    public static Json within(JsonLimits limits) {
        return new Json(limits);
    }

    /**
     * Reads a value within {@link JsonLimits#DEFAULT}.
     *
     * @param text JSON text
     * @return the value
     * @throws JsonException if the text is not JSON or beyond the limits
     */
    public static JsonValue parse(String text) throws JsonException {
        return DEFAULT.read(text);
    }

    /**
     * Reads an object within {@link JsonLimits#DEFAULT}.
     *
     * @param text JSON text
     * @return the object
     * @throws JsonException if the text is not JSON, beyond the limits, or not an object
     */
    public static JsonObject parseObject(String text) throws JsonException {
        JsonValue value = parse(text);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("an object was expected, not " + kind(value), 0, null);
    }

    /**
     * Reads a value.
     *
     * @param text JSON text
     * @return the value
     * @throws JsonException if the text is not JSON or beyond the limits
     */
    public JsonValue read(String text) throws JsonException {
        checkLength(text.length(), "characters");
        try (JsonParser parser = factory.createParser(text)) {
            return readWhole(parser, text);
        } catch (JsonProcessingException e) {
            throw SyntaxErrors.of(e, text);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string cannot fail", e);
        }
    }

    /**
     * Reads a value.
     *
     * @param utf8 JSON text in UTF-8, without a byte order mark
     * @return the value
     * @throws JsonException if the bytes are not UTF-8, not JSON, or beyond the limits
     */
    public JsonValue read(byte[] utf8) throws JsonException {
        checkLength(utf8.length, "bytes");
        // Jackson lets some malformed UTF-8 through, and takes UTF-16 and UTF-32 for JSON.
        CharBuffer text = CharBuffer.allocate(utf8.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8), text, true);
        text.flip();
        if (result.isError()) {
            throw new JsonException("the text is not valid UTF-8, at offset " + text.length(), text.length(), null);
        }
        return read(text.toString());
    }

    /**
     * Writes a value for people, indented by two spaces. {@link JsonValue#toString()} is the compact form.
     *
     * @param value the value
     * @return JSON text with line breaks, without one at the end
     */
    public static String pretty(JsonValue value) {
        StringBuilder out = new StringBuilder();
        pretty(value, "\n", out);
        return out.toString();
    }

    /**
     * Returns what kind of value it is, for messages.
     *
     * @param value the value
     * @return {@code an object}, {@code a string}, {@code null}, …
     */
    public static String kind(JsonValue value) {
        return switch (value) {
            case JsonObject o -> "an object";
            case JsonArray a -> "an array";
            case JsonString s -> "a string";
            case JsonNumber n -> "a number";
            case JsonBool b -> "true or false";
            case JsonNull n -> "null";
        };
    }

    private void checkLength(int length, String unit) throws JsonException {
        if (length > limits.maxLength()) {
            throw new JsonException(
                    "the text has " + length + " " + unit + "; at most " + limits.maxLength() + " are read",
                    limits.maxLength(),
                    null);
        }
    }

    private JsonValue readWhole(JsonParser parser, String text) throws IOException, JsonException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException("the text is empty", 0, null);
        }
        JsonValue value = readValue(parser, first, 0);
        int end = (int) parser.currentLocation().getCharOffset();
        while (end < text.length() && " \t\r\n".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        if (end < text.length()) {
            throw problem("there is more text after the value", end);
        }
        return value;
    }

    private JsonValue readValue(JsonParser parser, @Nullable JsonToken token, int depth)
            throws IOException, JsonException {
        return switch (token) {
            case START_OBJECT -> readObject(parser, deeper(parser, depth));
            case START_ARRAY -> readArray(parser, deeper(parser, depth));
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser);
            case VALUE_TRUE -> JsonBool.TRUE;
            case VALUE_FALSE -> JsonBool.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            // Jackson itself refuses a text that would lead here.
            case null, default -> throw problem("a value was expected", offset(parser));
        };
    }

    private int deeper(JsonParser parser, int depth) throws JsonException {
        if (depth == limits.maxDepth()) {
            throw problem("the text is nested more than " + limits.maxDepth() + " levels deep", offset(parser));
        }
        return depth + 1;
    }

    private JsonNumber readNumber(JsonParser parser) throws IOException, JsonException {
        if (parser.getTextLength() > limits.maxNumberLength()) {
            throw problem(
                    "a number has " + parser.getTextLength() + " characters; at most " + limits.maxNumberLength()
                            + " are read",
                    offset(parser));
        }
        try {
            return new JsonNumber(parser.getText());
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage(), offset(parser));
        }
    }

    private JsonObject readObject(JsonParser parser, int depth) throws IOException, JsonException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            long offset = offset(parser);
            if (members.put(name, readValue(parser, parser.nextToken(), depth)) != null) {
                throw problem("the name " + Shown.of(new JsonString(name)) + " stands twice in one object", offset);
            }
        }
        return new JsonObject(members);
    }

    private JsonArray readArray(JsonParser parser, int depth) throws IOException, JsonException {
        List<JsonValue> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(readValue(parser, token, depth));
        }
        return new JsonArray(elements);
    }

    private static long offset(JsonParser parser) {
        return parser.currentTokenLocation().getCharOffset();
    }

    private static JsonException problem(@Nullable String message, long offset) {
        return new JsonException(message + ", at offset " + offset, offset, null);
    }

    private static void pretty(JsonValue value, String newLine, StringBuilder out) {
        String inner = newLine + "  ";
        switch (value) {
            case JsonObject object
            when !object.members().isEmpty() -> {
                String separator = "{";
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    out.append(separator)
                            .append(inner)
                            .append(new JsonString(member.getKey()))
                            .append(": ");
                    pretty(member.getValue(), inner, out);
                    separator = ",";
                }
                out.append(newLine).append('}');
            }
            case JsonArray array
            when array.size() > 0 -> {
                String separator = "[";
                for (JsonValue element : array) {
                    out.append(separator).append(inner);
                    pretty(element, inner, out);
                    separator = ",";
                }
                out.append(newLine).append(']');
            }
            default -> out.append(value);
        }
    }
}
