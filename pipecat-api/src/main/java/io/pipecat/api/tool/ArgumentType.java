package io.pipecat.api.tool;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a Java type looks in JSON.
 *
 * @param label what the type is called in an error message
 * @param schema its JSON Schema
 * @param reader reads a value
 */
record ArgumentType(String label, JsonObject schema, Reader reader) {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_SHOWN = 60;

    /** Reads a value. */
    interface Reader {
        Object read(JsonValue value, String path) throws ArgumentMismatch;
    }

    Object read(JsonValue value, String path) throws ArgumentMismatch {
        return reader.read(value, path);
    }

    JsonValue parseDefault(String text, String where) {
        return switch (label) {
            case "true or false" -> JsonBool.of(Boolean.parseBoolean(text));
            case "integer", "number" -> new JsonNumber(text);
            case "array", "object", "any value" ->
                throw new IllegalArgumentException(
                        where + " cannot have a default of its type: make it an Optional instead");
            default -> new JsonString(text);
        };
    }

    static ArgumentType of(Type type, String where, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(where + " is nested more than " + MAX_DEPTH + " levels deep");
        }
        if (type instanceof ParameterizedType parameterized) {
            return ofGeneric(parameterized, where, depth);
        }
        if (type instanceof Class<?> c) {
            return ofClass(c, where, depth);
        }
        throw unsupported(type, where);
    }

    private static ArgumentType ofClass(Class<?> type, String where, int depth) {
        if (type == String.class) {
            return scalar("string", "string", ArgumentType::readString);
        }
        if (type == boolean.class || type == Boolean.class) {
            return scalar("true or false", "boolean", ArgumentType::readBoolean);
        }
        if (type == int.class || type == Integer.class) {
            return scalar("integer", "integer", (v, path) -> readWhole(v, path, JsonNumber::toInt));
        }
        if (type == long.class || type == Long.class) {
            return scalar("integer", "integer", (v, path) -> readWhole(v, path, JsonNumber::toLong));
        }
        if (type == double.class || type == Double.class) {
            return scalar("number", "number", ArgumentType::readDouble);
        }
        if (type == BigDecimal.class) {
            return scalar("number", "number", ArgumentType::readDecimal);
        }
        if (type == JsonValue.class) {
            return new ArgumentType("any value", JsonObject.EMPTY, (v, path) -> v);
        }
        if (type == JsonObject.class) {
            return scalar("object", "object", ArgumentType::readObject);
        }
        if (type.isEnum()) {
            return ofEnum(type);
        }
        if (type.isRecord()) {
            return RecordType.of(type, where, depth);
        }
        throw unsupported(type, where);
    }

    private static ArgumentType ofGeneric(ParameterizedType type, String where, int depth) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            ArgumentType element = of(arguments[0], where, depth + 1);
            JsonObject schema = JsonObject.builder()
                    .put("type", "array")
                    .put("items", element.schema())
                    .build();
            return new ArgumentType("array", schema, (v, path) -> readList(v, path, element));
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            ArgumentType value = of(arguments[1], where, depth + 1);
            JsonObject schema = JsonObject.builder()
                    .put("type", "object")
                    .put("additionalProperties", value.schema())
                    .build();
            return new ArgumentType("object", schema, (v, path) -> readMap(v, path, value));
        }
        throw unsupported(type, where);
    }

    private static ArgumentType scalar(String label, String jsonType, Reader reader) {
        return new ArgumentType(label, JsonObject.of("type", jsonType), reader);
    }

    private static ArgumentType ofEnum(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(c -> constants.put(((Enum<?>) c).name().toLowerCase(Locale.ROOT), c));
        JsonObject schema = JsonObject.builder()
                .put("type", "string")
                .put("enum", JsonArray.ofStrings(constants.keySet()))
                .build();
        String label = "one of " + String.join(", ", constants.keySet());
        return new ArgumentType(label, schema, (v, path) -> {
            Object constant =
                    v instanceof JsonString s ? constants.get(s.value().toLowerCase(Locale.ROOT)) : null;
            if (constant == null) {
                throw mismatch(path, label, v);
            }
            return constant;
        });
    }

    private static Object readString(JsonValue value, String path) throws ArgumentMismatch {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw mismatch(path, "a string", value);
    }

    private static Object readBoolean(JsonValue value, String path) throws ArgumentMismatch {
        if (value instanceof JsonBool bool) {
            return bool.value();
        }
        throw mismatch(path, "true or false", value);
    }

    private interface Whole {
        Object of(JsonNumber number);
    }

    private static Object readWhole(JsonValue value, String path, Whole whole) throws ArgumentMismatch {
        if (value instanceof JsonNumber number) {
            try {
                return whole.of(number);
            } catch (ArithmeticException e) {
                throw mismatch(path, "an integer in range", value);
            }
        }
        throw mismatch(path, "an integer", value);
    }

    private static Object readDouble(JsonValue value, String path) throws ArgumentMismatch {
        if (value instanceof JsonNumber number && Double.isFinite(number.toDouble())) {
            return number.toDouble();
        }
        throw mismatch(path, "a number", value);
    }

    private static Object readDecimal(JsonValue value, String path) throws ArgumentMismatch {
        if (value instanceof JsonNumber number) {
            try {
                return number.toBigDecimal();
            } catch (ArithmeticException e) {
                throw mismatch(path, "a number in range", value);
            }
        }
        throw mismatch(path, "a number", value);
    }

    private static Object readObject(JsonValue value, String path) throws ArgumentMismatch {
        if (value instanceof JsonObject) {
            return value;
        }
        throw mismatch(path, "an object", value);
    }

    private static Object readList(JsonValue value, String path, ArgumentType element) throws ArgumentMismatch {
        if (!(value instanceof JsonArray array)) {
            throw mismatch(path, "an array", value);
        }
        List<Object> list = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            list.add(element.read(array.get(i), path + "[" + i + "]"));
        }
        return List.copyOf(list);
    }

    private static Object readMap(JsonValue value, String path, ArgumentType element) throws ArgumentMismatch {
        if (!(value instanceof JsonObject object)) {
            throw mismatch(path, "an object", value);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            map.put(member.getKey(), element.read(member.getValue(), path + "." + member.getKey()));
        }
        return java.util.Collections.unmodifiableMap(map);
    }

    static ArgumentMismatch mismatch(String path, String wanted, JsonValue got) {
        String shown = got.toString();
        if (shown.length() > MAX_SHOWN) {
            shown = shown.substring(0, MAX_SHOWN) + "…";
        }
        return new ArgumentMismatch("wants " + wanted + " for '" + path + "', not " + shown);
    }

    private static IllegalArgumentException unsupported(Type type, String where) {
        return new IllegalArgumentException(where + " has the type " + type.getTypeName()
                + ", which has no JSON form here; see Tool.annotated for the types that have one");
    }
}
