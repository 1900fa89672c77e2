package io.pipecat.api.tool;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
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

    static ParameterBinding of(String name, Type javaType, @Nullable ToolParam annotation, String where) {
        return ofNested(name, javaType, annotation, where, 0);
    }

    static ParameterBinding ofNested(
            String name, Type javaType, @Nullable ToolParam annotation, String where, int depth) {
        boolean optional = javaType instanceof ParameterizedType p && p.getRawType() == Optional.class;
        Type valueType = optional ? ((ParameterizedType) javaType).getActualTypeArguments()[0] : javaType;
        ArgumentType type = ArgumentType.of(valueType, where + "(" + name + ")", depth);
        JsonObject.Builder schema = type.schema().toBuilder();
        Optional<Object> defaultValue = Optional.empty();
        if (annotation != null) {
            if (!annotation.value().isEmpty()) {
                schema.put("description", annotation.value());
            }
            if (!annotation.defaultValue().equals(ToolParam.REQUIRED)) {
                JsonValue json = type.parseDefault(annotation.defaultValue(), where + "(" + name + ")");
                schema.put("default", json);
                try {
                    defaultValue = Optional.of(type.read(json, name));
                } catch (ArgumentMismatch e) {
                    throw new IllegalArgumentException(
                            "the default of " + where + "(" + name + ") does not fit its type: " + e.getMessage(), e);
                }
            }
        }
        return new ParameterBinding(name, schema.build(), type, optional, defaultValue);
    }

    boolean required() {
        return !optional && defaultValue.isEmpty();
    }

    /** Models often send null for what they leave out, so null counts as left out where something may be. */
    Object value(JsonObject arguments) throws ArgumentMismatch {
        Optional<JsonValue> given = arguments.get(name);
        boolean leftOut = given.isEmpty() || (given.get() == JsonNull.NULL && !required());
        if (leftOut) {
            if (required()) {
                throw new ArgumentMismatch("is missing the required argument '" + name + "'");
            }
            return optional ? defaultValue : defaultValue.orElseThrow();
        }
        Object value = type.read(given.get(), name);
        return optional ? Optional.of(value) : value;
    }

    String signature() {
        String suffix = required()
                ? ""
                : schema.get("default").map(d -> ", default " + d).orElse(", optional");
        return name + " (" + type.label() + suffix + ")";
    }
}
