package io.pipecat.api.json;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes JSON values of plain Java objects. */
final class JavaToJson {
    private JavaToJson() {}

    static JsonValue convert(@Nullable Object object, int depth) {
        if (depth > JsonValue.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "nested more than " + JsonValue.MAX_DEPTH + " levels deep, or contains itself");
        }
        return switch (object) {
            case null -> JsonNull.NULL;
            case JsonValue json -> json;
            case CharSequence text -> new JsonString(text.toString());
            case Character c -> new JsonString(c.toString());
            case Boolean b -> JsonBool.of(b);
            case Byte n -> JsonNumber.of(n.longValue());
            case Short n -> JsonNumber.of(n.longValue());
            case Integer n -> JsonNumber.of(n.longValue());
            case Long n -> JsonNumber.of(n);
            case Float n -> ofFloat(n);
            case Double n -> JsonNumber.of(n);
            case BigInteger n -> new JsonNumber(n.toString());
            case BigDecimal n -> JsonNumber.of(n);
            case Enum<?> e -> new JsonString(e.name().toLowerCase(Locale.ROOT));
            case Optional<?> optional -> convert(optional.orElse(null), depth);
            case OptionalInt n -> n.isPresent() ? JsonNumber.of(n.getAsInt()) : JsonNull.NULL;
            case OptionalLong n -> n.isPresent() ? JsonNumber.of(n.getAsLong()) : JsonNull.NULL;
            case OptionalDouble n -> n.isPresent() ? JsonNumber.of(n.getAsDouble()) : JsonNull.NULL;
            case Map<?, ?> map -> ofMap(map, depth);
            // A path is iterable over its own names without end, so it must come before Iterable.
            case Path path -> new JsonString(path.toString());
            case Iterable<?> iterable -> ofIterable(iterable, depth);
            case TemporalAccessor time -> new JsonString(time.toString());
            case Duration duration -> new JsonString(duration.toString());
            case URI uri -> new JsonString(uri.toString());
            case URL url -> new JsonString(url.toString());
            case UUID uuid -> new JsonString(uuid.toString());
            case Record r -> ofRecord(r, depth);
            case Object array when array.getClass().isArray() -> ofArray(array, depth);
            default ->
                throw new IllegalArgumentException(
                        "JSON has no form for " + object.getClass().getName());
        };
    }

    private static JsonNumber ofFloat(float value) {
        return Float.isFinite(value) ? JsonNumber.of(Double.parseDouble(Float.toString(value))) : JsonNumber.of(value);
    }

    private static JsonValue ofMap(Map<?, ?> map, int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = nameOf(key);
            if (members.put(name, convert(value, depth + 1)) != null) {
                throw new IllegalArgumentException("a map has two keys that JSON calls '" + name + "'");
            }
        });
        return new JsonObject(members);
    }

    private static String nameOf(@Nullable Object key) {
        return switch (key) {
            case null -> throw new IllegalArgumentException("a map has the key null, and JSON has no such name");
            case Enum<?> e -> e.name().toLowerCase(Locale.ROOT);
            default -> key.toString();
        };
    }

    private static JsonValue ofIterable(Iterable<?> iterable, int depth) {
        List<JsonValue> elements = new ArrayList<>();
        iterable.forEach(element -> elements.add(convert(element, depth + 1)));
        return new JsonArray(elements);
    }

    private static JsonValue ofArray(Object array, int depth) {
        List<JsonValue> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(convert(Array.get(array, i), depth + 1));
        }
        return new JsonArray(elements);
    }

    private static JsonValue ofRecord(Record object, int depth) {
        JsonObject.Builder members = JsonObject.builder();
        RecordComponents.forEach(object, (name, value) -> members.put(name, convert(value, depth + 1)));
        return members.build();
    }
}
