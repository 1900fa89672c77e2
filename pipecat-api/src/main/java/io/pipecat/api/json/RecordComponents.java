package io.pipecat.api.json;

import io.pipecat.api.internal.Names;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How to read the components of a record type; looked up once for each type, as reflection is slow. */
final class RecordComponents {
    private static final ClassValue<RecordComponents> CACHE = new ClassValue<>() {
        @Override
        protected RecordComponents computeValue(Class<?> type) {
            return new RecordComponents(type);
        }
    };

    private final Map<String, Method> accessors = new LinkedHashMap<>();

    private RecordComponents(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            if (!accessor.trySetAccessible()) {
                throw new IllegalArgumentException("cannot read the record " + type.getName() + ": open its package "
                        + type.getPackageName() + " to the module io.pipecat.api");
            }
            String name = Names.snakeCase(component.getName());
            if (accessors.put(name, accessor) != null) {
                throw new IllegalArgumentException(
                        "the record " + type.getName() + " has two components that JSON calls '" + name + "'");
            }
        }
    }

    static void forEach(Record object, BiConsumer<String, @Nullable Object> action) {
        CACHE.get(object.getClass()).accessors.forEach((name, accessor) -> action.accept(name, read(object, accessor)));
    }

    private static @Nullable Object read(Record object, Method accessor) {
        try {
            return accessor.invoke(object);
        } catch (InvocationTargetException | IllegalAccessException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new IllegalArgumentException(
                    "cannot read " + accessor.getName() + " of the record "
                            + object.getClass().getName() + ": " + cause,
                    e);
        }
    }
}
