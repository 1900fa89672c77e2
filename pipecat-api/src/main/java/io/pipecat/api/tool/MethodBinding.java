package io.pipecat.api.tool;

import io.pipecat.api.internal.Names;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.io.IOException;
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

    private final ParameterList list;

    MethodBinding(String toolName, Method method, ToolMethod annotation) {
        this.method = method;
        String where = method.getDeclaringClass().getName() + "." + method.getName();
        String name = annotation.name().isEmpty() ? Names.snakeCase(method.getName()) : annotation.name();
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("a tool method's name is letters, digits, _ and -; not '" + name
                    + "': give " + where + " one by @ToolMethod(name = …)");
        }
        this.label = toolName + "." + name;
        if (!method.trySetAccessible()) {
            throw new IllegalArgumentException("cannot call " + where + ": open the package "
                    + method.getDeclaringClass().getPackageName() + " to the module io.pipecat.api");
        }
        for (Parameter parameter : method.getParameters()) {
            parameters.add(
                    parameter.getType() == ToolContext.class
                            ? Optional.empty()
                            : Optional.of(bindingOf(parameter, where)));
        }
        this.list =
                new ParameterList(parameters.stream().flatMap(Optional::stream).toList(), where);
        this.spec = new MethodSpec(
                name, annotation.value(), list.schema(), annotation.sensitive(), timeoutOf(annotation, where));
    }

    private static ParameterBinding bindingOf(Parameter parameter, String where) {
        if (!parameter.isNamePresent()) {
            throw new IllegalArgumentException("the parameters of " + where
                    + " have no names in the class file: compile "
                    + parameter.getDeclaringExecutable().getDeclaringClass().getName() + " with -parameters");
        }
        return ParameterBinding.of(
                Names.snakeCase(parameter.getName()),
                parameter.getParameterizedType(),
                parameter.getAnnotation(ToolParam.class),
                where,
                List.of());
    }

    private static Optional<Duration> timeoutOf(ToolMethod annotation, String where) {
        int seconds = annotation.timeoutSeconds();
        if (seconds < 0) {
            throw new IllegalArgumentException(
                    "the timeoutSeconds of " + where + " must be 0 (the node's default) or more, not " + seconds);
        }
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
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
        } catch (RuntimeException e) {
            // Not only what from() throws: a lazy collection of the tool's can fail while it is read.
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "The result of '" + label + "' cannot be told as JSON: " + describe(e) + ".",
                    e);
        }
    }

    private Object[] bind(JsonObject arguments, ToolContext context) throws ToolException {
        Optional<String> unexpected = list.unexpected(arguments);
        if (unexpected.isPresent()) {
            throw invalid("got an unexpected argument '" + unexpected.get() + "'");
        }
        Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            Optional<ParameterBinding> parameter = parameters.get(i);
            try {
                values[i] = parameter.isEmpty() ? context : parameter.get().value(arguments, "");
            } catch (ArgumentMismatch e) {
                throw invalid(e.getMessage());
            }
        }
        return values;
    }

    private ToolException invalid(@Nullable String problem) {
        String signatures = list.signatures();
        return new ToolException(
                ToolException.Reason.INVALID_ARGUMENTS,
                "Tool argument validation failed: " + label + "() " + problem + ". "
                        + (signatures.isEmpty()
                                ? "It takes no parameters."
                                : "Available parameters: " + signatures + "."));
    }

    private static ToolException failure(@Nullable Throwable thrown) throws InterruptedException {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        if (thrown instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (Thread.interrupted()) {
            // A method that may not throw InterruptedException, or that uses channels, tells it in its own way.
            InterruptedException interrupted = new InterruptedException();
            interrupted.initCause(thrown);
            throw interrupted;
        }
        if (thrown instanceof ToolException known) {
            return known;
        }
        return new ToolException(ToolException.Reason.FAILED, describe(thrown), thrown);
    }

    static String describe(@Nullable Throwable thrown) {
        String message = thrown == null ? null : thrown.getMessage();
        // The message of many an IOException is but the name of a file or a host, and says nothing without the class.
        boolean onlyName = thrown instanceof IOException && message != null && message.indexOf(' ') < 0;
        return message == null || message.isBlank() || onlyName ? String.valueOf(thrown) : message;
    }
}
