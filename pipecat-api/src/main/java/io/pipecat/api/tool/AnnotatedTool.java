package io.pipecat.api.tool;

import io.pipecat.api.internal.Names;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tool behind {@link Tool#annotated(Object)}. */
final class AnnotatedTool implements Tool {
    private final Object target;
    private final ToolSpec spec;
    private final Map<String, MethodBinding> bindings = new LinkedHashMap<>();
    /** The names of methods that are there and not offered, in Java's spelling and in ours. */
    private final Set<String> notOffered = new HashSet<>();

    AnnotatedTool(Object target) {
        this.target = target;
        Class<?> type = target.getClass();
        ToolInfo info = type.getAnnotation(ToolInfo.class);
        if (info == null) {
            throw new IllegalArgumentException(type.getName() + " has no @ToolInfo annotation");
        }
        Set<String> hidden = AnnotatedMethods.allNames(type);
        for (Method method : AnnotatedMethods.of(type)) {
            hidden.remove(method.getName());
            MethodBinding binding = new MethodBinding(info.name(), method, method.getAnnotation(ToolMethod.class));
            String name = binding.spec().name();
            if (bindings.put(name, binding) != null) {
                throw new IllegalArgumentException(type.getName() + " offers two methods as '" + name
                        + "': name one of them by @ToolMethod(name = …)");
            }
        }
        if (bindings.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no public method with @ToolMethod");
        }
        hidden.forEach(name -> notOffered.addAll(List.of(name, Names.snakeCase(name))));
        this.spec = specOf(info, type);
    }

    private ToolSpec specOf(ToolInfo info, Class<?> type) {
        try {
            return new ToolSpec(
                    info.name(),
                    info.description(),
                    info.placement(),
                    bindings.values().stream().map(MethodBinding::spec).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(type.getName() + ": " + e.getMessage(), e);
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

    @Override
    public boolean hides(String method) {
        return notOffered.contains(method);
    }

    private ToolException unknown(String method) {
        return hides(method)
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
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("closing the tool " + spec.name() + " failed: " + e.getMessage(), e);
            }
        }
    }
}
