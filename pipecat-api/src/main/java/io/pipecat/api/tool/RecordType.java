package io.pipecat.api.tool;

import io.pipecat.api.internal.Names;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A record as a JSON object. */
final class RecordType {
    private final List<ParameterBinding> components;
    private final ParameterList list;
    private final Constructor<?> constructor;

    private RecordType(List<ParameterBinding> components, ParameterList list, Constructor<?> constructor) {
        this.components = components;
        this.list = list;
        this.constructor = constructor;
    }

    static ArgumentType of(Class<?> type, String where, List<Class<?>> enclosing) {
        if (enclosing.contains(type)) {
            throw new IllegalArgumentException(where + " has the type " + type.getName()
                    + ", which contains itself; a schema cannot say that here: take a JsonObject or a JsonValue");
        }
        List<Class<?>> inner = new ArrayList<>(enclosing);
        inner.add(type);
        List<ParameterBinding> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(ParameterBinding.of(
                    Names.snakeCase(component.getName()),
                    component.getGenericType(),
                    component.getAnnotation(ToolParam.class),
                    type.getName(),
                    inner));
        }
        ParameterList list = new ParameterList(components, "the record " + type.getName());
        RecordType read = new RecordType(components, list, canonicalConstructor(type, where));
        return new ArgumentType("object", list.schema(), read::read, ArgumentType.DefaultReader.NONE);
    }

    private static Constructor<?> canonicalConstructor(Class<?> type, String where) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            if (!constructor.trySetAccessible()) {
                throw new IllegalArgumentException("cannot make a " + type.getName() + " for " + where
                        + ": open the package " + type.getPackageName() + " to the module io.pipecat.api");
            }
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type, e);
        }
    }

    private Object read(JsonValue value, String path) throws ArgumentMismatch {
        if (!(value instanceof JsonObject object)) {
            throw ArgumentType.mismatch(path, "an object", value);
        }
        Optional<String> unexpected = list.unexpected(object);
        if (unexpected.isPresent()) {
            throw new ArgumentMismatch("got an unexpected member '" + unexpected.get() + "' in '" + path
                    + "', which takes " + list.signatures());
        }
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = components.get(i).value(object, path + ".");
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new ArgumentMismatch("cannot use '" + path + "': " + MethodBinding.describe(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("accessible when the tool was made, and not any more: " + constructor, e);
        }
    }
}
