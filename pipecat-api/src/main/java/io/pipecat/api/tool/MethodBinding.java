package io.pipecat.api.tool;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.json.Names;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds an annotated method to a schema, arguments to its parameters, and its outcome to JSON or a {@link ToolException}. */
final class MethodBinding {
    private final Method method;
    private final String label;
    private final MethodSpec spec;
    /** One for each Java parameter; empty where the context goes. */
    private final List<Optional<ParameterBinding>> parameters = new ArrayList<>();

    MethodBinding(String toolName, Method method, ToolMethod annotation) {
        this.method = method;
        String name = annotation.name().isEmpty() ? Names.snakeCase(method.getName()) : annotation.name();
        this.label = toolName + "." + name;
        String where = method.getDeclaringClass().getName() + "." + method.getName();
        if (!method.trySetAccessible()) {
            throw new IllegalArgumentException("cannot call " + where + ": open the package "
                    + method.getDeclaringClass().getPackageName() + " to the module io.pipecat.api");
        }
        JsonObject.Builder properties = JsonObject.builder();
        List<String> required = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getType() == ToolContext.class) {
                parameters.add(Optional.empty());
                continue;
            }
            if (!parameter.isNamePresent()) {
                throw new IllegalArgumentException("the parameters of " + where
                        + " have no names in the class file: compile "
                        + method.getDeclaringClass().getName()
                        + " with -parameters");
            }
            ParameterBinding binding = ParameterBinding.of(
                    Names.snakeCase(parameter.getName()),
                    parameter.getParameterizedType(),
                    parameter.getAnnotation(ToolParam.class),
                    where);
            properties.put(binding.name(), binding.schema());
            if (binding.required()) {
                required.add(binding.name());
            }
            parameters.add(Optional.of(binding));
        }
        JsonObject schema = JsonObject.builder()
                .put("type", "object")
                .put("properties", properties.build())
                .put("required", JsonArray.ofStrings(required))
                .put("additionalProperties", JsonBool.FALSE)
                .build();
        Optional<Duration> timeout = annotation.timeoutSeconds() > 0
                ? Optional.of(Duration.ofSeconds(annotation.timeoutSeconds()))
                : Optional.empty();
        this.spec = new MethodSpec(name, annotation.value(), schema, annotation.sensitive(), timeout);
    }

    MethodSpec spec() {
        return spec;
    }

    JsonValue call(Object target, JsonObject arguments, ToolContext context)
            throws ToolException, InterruptedException {
        Object[] values = bind(arguments, context);
        Object result;
        try {
            result = method.invoke(target, values);
        } catch (InvocationTargetException e) {
            throw failure(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("accessible when the tool was made, and not any more: " + method, e);
        }
        try {
            return JsonValue.from(result);
        } catch (IllegalArgumentException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "The result of '" + label + "' cannot be told as JSON: " + e.getMessage() + ".",
                    e);
        }
    }

    private Object[] bind(JsonObject arguments, ToolContext context) throws ToolException {
        for (String name : arguments.members().keySet()) {
            if (spec.parameterNames().stream().noneMatch(name::equals)) {
                throw invalid("got an unexpected argument '" + name + "'");
            }
        }
        Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            Optional<ParameterBinding> parameter = parameters.get(i);
            try {
                values[i] = parameter.isEmpty() ? context : parameter.get().value(arguments);
            } catch (ArgumentMismatch e) {
                throw invalid(e.getMessage());
            }
        }
        return values;
    }

    private ToolException invalid(@Nullable String problem) {
        StringBuilder message = new StringBuilder("Tool argument validation failed: ")
                .append(label)
                .append("() ")
                .append(problem)
                .append('.');
        if (spec.parameterNames().isEmpty()) {
            message.append(" It takes no parameters.");
        } else {
            message.append(" Available parameters: ");
            String separator = "";
            for (Optional<ParameterBinding> parameter : parameters) {
                if (parameter.isPresent()) {
                    message.append(separator).append(parameter.get().signature());
                    separator = ", ";
                }
            }
            message.append('.');
        }
        return new ToolException(ToolException.Reason.INVALID_ARGUMENTS, message.toString());
    }

    private ToolException failure(@Nullable Throwable thrown) throws InterruptedException {
        if (thrown instanceof ToolException known) {
            return known;
        }
        if (thrown instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        String message = thrown == null || thrown.getMessage() == null ? String.valueOf(thrown) : thrown.getMessage();
        return new ToolException(ToolException.Reason.FAILED, message, thrown);
    }
}
