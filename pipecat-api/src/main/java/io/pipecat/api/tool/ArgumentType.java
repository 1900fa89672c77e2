package io.pipecat.api.tool;

import io.pipecat.api.internal.Texts;
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
import java.util.Collections;
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
 * @param defaultReader reads a default
 */
record ArgumentType(String label, JsonObject schema, Reader reader, DefaultReader defaultReader) {

    /** Reads a value. */
    interface Reader {
        Object read(JsonValue value, String path) throws ArgumentMismatch;
    }

    Object read(JsonValue value, String path) throws ArgumentMismatch {
        return reader.read(value, path);
    }

    /** Makes JSON of what {@link ToolParam#defaultValue()} says. */
    interface DefaultReader {
        /** For a type of which an annotation cannot hold a value. */
        DefaultReader NONE = text -> {
            throw new IllegalArgumentException("of a type that takes none here: make the parameter an Optional");
        };

        /**
         * Reads a default.
         *
         * @throws IllegalArgumentException if the text is not of the type; the message goes on after "the default is"
         */
        JsonValue read(String text);
    }

    /**
     * Finds the form of a Java type.
     *
     * @param where names the parameter, for messages
     * @param enclosing the records that the parameter is a component of, outermost first
     */
    static ArgumentType of(Type type, String where, List<Class<?>> enclosing) {
        if (type instanceof ParameterizedType parameterized) {
            return ofGeneric(parameterized, where, enclosing);
        }
        if (type instanceof Class<?> c) {
            return ofClass(c, where, enclosing);
        }
        throw unsupported(type, where);
    }

    private static ArgumentType ofClass(Class<?> type, String where, List<Class<?>> enclosing) {
        if (type == String.class) {
            return scalar("string", "string", ArgumentType::readString, JsonString::new);
        }
        if (type == boolean.class || type == Boolean.class) {
            return scalar("true or false", "boolean", ArgumentType::readBoolean, ArgumentType::booleanDefault);
        }
        if (type == int.class || type == Integer.class) {
            return scalar("integer", "integer", (v, path) -> readWhole(v, path, JsonNumber::toInt), JsonNumber::new);
        }
        if (type == long.class || type == Long.class) {
            return scalar("integer", "integer", (v, path) -> readWhole(v, path, JsonNumber::toLong), JsonNumber::new);
        }
        if (type == double.class || type == Double.class) {
            return scalar("number", "number", ArgumentType::readDouble, JsonNumber::new);
        }
        if (type == BigDecimal.class) {
            return scalar("number", "number", ArgumentType::readDecimal, JsonNumber::new);
        }
        if (type == JsonValue.class) {
            return new ArgumentType("any value", JsonObject.EMPTY, (v, path) -> v, DefaultReader.NONE);
        }
        if (type == JsonObject.class) {
            return scalar("object", "object", ArgumentType::readObject, DefaultReader.NONE);
        }
        if (type.isEnum()) {
            return ofEnum(type);
        }
        if (type.isRecord()) {
            return RecordType.of(type, where, enclosing);
        }
        throw unsupported(type, where);
    }

    private static ArgumentType ofGeneric(ParameterizedType type, String where, List<Class<?>> enclosing) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            ArgumentType element = of(arguments[0], where, enclosing);
            JsonObject schema = JsonObject.builder()
                    .put("type", "array")
                    .put("items", element.schema())
                    .build();
            return new ArgumentType("array", schema, (v, path) -> readList(v, path, element), DefaultReader.NONE);
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            ArgumentType value = of(arguments[1], where, enclosing);
            JsonObject schema = JsonObject.builder()
                    .put("type", "object")
                    .put("additionalProperties", value.schema())
                    .build();
            return new ArgumentType("object", schema, (v, path) -> readMap(v, path, value), DefaultReader.NONE);
        }
        throw unsupported(type, where);
    }

    private static ArgumentType scalar(String label, String jsonType, Reader reader, DefaultReader defaults) {
        return new ArgumentType(label, JsonObject.of("type", jsonType), reader, defaults);
    }

    private static JsonValue booleanDefault(String text) {
        return switch (text) {
            case "true" -> JsonBool.TRUE;
            case "false" -> JsonBool.FALSE;
            default -> throw new IllegalArgumentException("neither true nor false: " + text);
        };
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
        Reader reader = (v, path) -> {
            Object constant =
                    v instanceof JsonString s ? constants.get(s.value().toLowerCase(Locale.ROOT)) : null;
            if (constant == null) {
                throw mismatch(path, label, v);
            }
            return constant;
        };
        return new ArgumentType(label, schema, reader, text -> new JsonString(text.toLowerCase(Locale.ROOT)));
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
        if (value instanceof JsonNumber number) {
            double nearest = number.toDouble();
            if (Double.isFinite(nearest)) {
                return nearest;
            }
        }
        throw mismatch(path, "a number", value);
    }

    private static Object readDecimal(JsonValue value, String path) throws ArgumentMismatch {
        if (value instanceof JsonNumber number) {
            return number.toBigDecimal();
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
        return Collections.unmodifiableMap(map);
    }

    static ArgumentMismatch mismatch(String path, String wanted, JsonValue got) {
        return new ArgumentMismatch("wants " + wanted + " for '" + path + "', not " + Texts.shortened(got.toString()));
    }

    private static IllegalArgumentException unsupported(Type type, String where) {
        return new IllegalArgumentException(where + " has the type " + type.getTypeName()
                + ", which has no JSON form here; see Tool.annotated for the types that have one");
    }
}
