package io.pipecat.api.tool;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.json.Names;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A record as a JSON object. */
final class RecordType {
    private RecordType() {}

    static ArgumentType of(Class<?> type, String where, int depth) {
        List<ParameterBinding> components = new ArrayList<>();
        JsonObject.Builder properties = JsonObject.builder();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            ParameterBinding binding = ParameterBinding.ofNested(
                    Names.snakeCase(component.getName()),
                    component.getGenericType(),
                    component.getAnnotation(ToolParam.class),
                    where,
                    depth + 1);
            components.add(binding);
            properties.put(binding.name(), binding.schema());
            if (binding.required()) {
                required.add(binding.name());
            }
        }
        JsonObject schema = JsonObject.builder()
                .put("type", "object")
                .put("properties", properties.build())
                .put("required", JsonArray.ofStrings(required))
                .put("additionalProperties", JsonBool.FALSE)
                .build();
        Constructor<?> constructor = canonicalConstructor(type, where);
        return new ArgumentType("object", schema, (value, path) -> read(value, path, components, constructor));
    }

    private static Constructor<?> canonicalConstructor(Class<?> type, String where) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            if (!constructor.trySetAccessible()) {
                throw new IllegalArgumentException("cannot make a " + type.getName() + " for " + where
                        + ": open its package to the module io.pipecat.api");
            }
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type, e);
        }
    }

    private static Object read(
            JsonValue value, String path, List<ParameterBinding> components, Constructor<?> constructor)
            throws ArgumentMismatch {
        if (!(value instanceof JsonObject object)) {
            throw ArgumentType.mismatch(path, "an object", value);
        }
        for (String name : object.members().keySet()) {
            if (components.stream().noneMatch(c -> c.name().equals(name))) {
                throw new ArgumentMismatch("got an unexpected member '" + name + "' in '" + path + "'");
            }
        }
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = components.get(i).value(object);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new ArgumentMismatch(
                    "has an unusable '" + path + "': " + (cause == null ? e.getMessage() : cause.getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("accessible when the tool was made, and not any more: " + constructor, e);
        }
    }
}
