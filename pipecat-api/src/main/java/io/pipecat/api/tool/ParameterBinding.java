package io.pipecat.api.tool;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds one named argument to a Java type.
 *
 * @param name its name in JSON
 * @param schema its JSON Schema, with description and default
 * @param type how to read a value
 * @param optional whether the Java type is {@link Optional}
 * @param defaultValue what it is if left out
 */
record ParameterBinding(
        String name, JsonObject schema, ArgumentType type, boolean optional, Optional<Object> defaultValue) {

    /**
     * Makes a binding.
     *
     * @param enclosing the records that the parameter is a component of, outermost first; empty for a method's own
     */
    static ParameterBinding of(
            String name, Type javaType, @Nullable ToolParam annotation, String method, List<Class<?>> enclosing) {
        String where = method + "(" + name + ")";
        boolean optional = javaType instanceof ParameterizedType p && p.getRawType() == Optional.class;
        Type valueType = optional ? ((ParameterizedType) javaType).getActualTypeArguments()[0] : javaType;
        ArgumentType type = ArgumentType.of(valueType, where, enclosing);
        JsonObject.Builder schema = type.schema().toBuilder();
        Optional<Object> defaultValue = Optional.empty();
        if (annotation != null) {
            if (!annotation.value().isEmpty()) {
                schema.put("description", annotation.value());
            }
            if (!annotation.defaultValue().equals(ToolParam.REQUIRED)) {
                JsonValue json = defaultOf(type, annotation.defaultValue(), where);
                schema.put("default", json);
                defaultValue = Optional.of(readDefault(type, json, name, where));
            }
        }
        return new ParameterBinding(name, schema.build(), type, optional, defaultValue);
    }

    private static JsonValue defaultOf(ArgumentType type, String text, String where) {
        try {
            return type.defaultReader().read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the default of " + where + " is " + e.getMessage(), e);
        }
    }

    private static Object readDefault(ArgumentType type, JsonValue json, String name, String where) {
        try {
            return type.read(json, name);
        } catch (ArgumentMismatch e) {
            throw new IllegalArgumentException(
                    "the default of " + where + " does not fit its type: it " + e.getMessage(), e);
        }
    }

    boolean required() {
        return !optional && defaultValue.isEmpty();
    }

    /**
     * Takes the value out of the arguments. Models often send null for what they leave out, so null counts as left out
     * where something may be.
     *
     * @param path where the arguments are, ending in a dot; empty for a method's own
     */
    Object value(JsonObject arguments, String path) throws ArgumentMismatch {
        JsonValue given = arguments.members().get(name);
        if (given == null || (given == JsonNull.NULL && !required())) {
            if (required()) {
                throw new ArgumentMismatch("is missing the required argument '" + path + name + "'");
            }
            return optional ? defaultValue : defaultValue.orElseThrow();
        }
        Object value = type.read(given, path.isEmpty() ? name : path + name);
        return optional ? Optional.of(value) : value;
    }

    String signature() {
        String suffix = required()
                ? ""
                : schema.get("default").map(d -> ", default " + d).orElse(", optional");
        return name + " (" + type.label() + suffix + ")";
    }
}
