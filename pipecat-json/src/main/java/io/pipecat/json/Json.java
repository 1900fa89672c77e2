package io.pipecat.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxDepth())
                        .maxNumberLength(limits.maxNumberLength())
                        .maxStringLength(limits.maxLength())
                        .maxNameLength(Math.min(limits.maxLength(), 1 << 16))
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
        checkLength(text.length());
        try (JsonParser parser = factory.createParser(text)) {
            return readWhole(parser);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Reads a value.
     *
     * @param utf8 JSON text in UTF-8
     * @return the value
     * @throws JsonException if the bytes are not UTF-8, not JSON, or beyond the limits
     */
    public JsonValue read(byte[] utf8) throws JsonException {
        checkLength(utf8.length);
        try {
            // Jackson lets some malformed UTF-8 through, and takes UTF-16 and UTF-32 for JSON.
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("the text is not valid UTF-8", -1, e);
        }
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

    private void checkLength(int length) throws JsonException {
        if (length > limits.maxLength()) {
            throw new JsonException(
                    "the text is " + length + " long; at most " + limits.maxLength() + " are read",
                    limits.maxLength(),
                    null);
        }
    }

    private JsonValue readWhole(JsonParser parser) throws IOException, JsonException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException("the text is empty", 0, null);
        }
        JsonValue value = readValue(parser, first);
        if (parser.nextToken() != null) {
            long offset = parser.currentTokenLocation().getCharOffset();
            throw new JsonException("there is more text after the value, at offset " + offset, offset, null);
        }
        return value;
    }

    private static JsonValue readValue(JsonParser parser, @Nullable JsonToken token) throws IOException, JsonException {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> JsonBool.TRUE;
            case VALUE_FALSE -> JsonBool.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case null, default -> throw new JsonException("a value was expected, not " + token, -1, null);
        };
    }

    private static JsonObject readObject(JsonParser parser) throws IOException, JsonException {
        JsonObject.Builder object = JsonObject.builder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            object.put(name, readValue(parser, parser.nextToken()));
        }
        return object.build();
    }

    private static JsonArray readArray(JsonParser parser) throws IOException, JsonException {
        List<JsonValue> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(readValue(parser, token));
        }
        return new JsonArray(elements);
    }

    private static JsonException failure(IOException e) {
        long offset = -1;
        String message = String.valueOf(e.getMessage());
        if (e instanceof JsonProcessingException processing) {
            JsonLocation location = processing.getLocation();
            offset = location == null ? -1 : location.getCharOffset();
            message = processing.getOriginalMessage();
        }
        String decapitalized =
                message.isEmpty() ? message : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        return new JsonException(offset < 0 ? decapitalized : decapitalized + ", at offset " + offset, offset, e);
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
