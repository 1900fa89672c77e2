package io.pipecat.api.tool;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tool behind {@link Tool#annotated(Object)}. */
final class AnnotatedTool implements Tool {
    private final Object target;
    private final ToolSpec spec;
    private final Map<String, MethodBinding> bindings = new LinkedHashMap<>();

    AnnotatedTool(Object target) {
        this.target = target;
        Class<?> type = target.getClass();
        ToolInfo info = type.getAnnotation(ToolInfo.class);
        if (info == null) {
            throw new IllegalArgumentException(type.getName() + " has no @ToolInfo annotation");
        }
        List<MethodSpec> methods = new ArrayList<>();
        // Reflection gives methods in no particular order, and a model's prompt cache wants the same order each time.
        Method[] declared = type.getMethods();
        Arrays.sort(declared, Comparator.comparing(Method::getName).thenComparing(Method::toGenericString));
        for (Method method : declared) {
            ToolMethod annotation = method.getAnnotation(ToolMethod.class);
            if (annotation != null && !method.isBridge()) {
                MethodBinding binding = new MethodBinding(info.name(), method, annotation);
                if (bindings.put(binding.spec().name(), binding) != null) {
                    throw new IllegalArgumentException(type.getName() + " offers two methods as '"
                            + binding.spec().name() + "': name one of them by @ToolMethod(name = …)");
                }
                methods.add(binding.spec());
            }
        }
        refuseHiddenMethods(type);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no public method with @ToolMethod");
        }
        this.spec = new ToolSpec(info.name(), info.description(), info.placement(), methods);
    }

    private static void refuseHiddenMethods(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(ToolMethod.class)
                    && !java.lang.reflect.Modifier.isPublic(method.getModifiers())) {
                throw new IllegalArgumentException(
                        "make " + type.getName() + "." + method.getName() + " public: it has @ToolMethod");
            }
        }
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public JsonValue call(String method, JsonObject arguments, ToolContext context)
            throws ToolException, InterruptedException {
        MethodBinding binding = bindings.get(method);
        if (binding == null) {
            throw unknown(method);
        }
        return binding.call(target, arguments, context);
    }

    private ToolException unknown(String method) {
        boolean exists = Arrays.stream(target.getClass().getMethods())
                        .anyMatch(m -> m.getName().equals(method))
                || Arrays.stream(target.getClass().getDeclaredMethods())
                        .anyMatch(m -> m.getName().equals(method));
        return exists
                ? new ToolException(
                        ToolException.Reason.NOT_OFFERED, "Method '" + method + "' is not a public callable method.")
                : new ToolException(
                        ToolException.Reason.UNKNOWN_METHOD,
                        "Method '" + method + "' not found on tool '" + spec.name() + "'.");
    }

    @Override
    public void close() {
        if (target instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing the tool " + spec.name() + " failed", e);
            }
        }
    }
}
