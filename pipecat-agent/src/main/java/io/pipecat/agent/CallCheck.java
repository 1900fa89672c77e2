package io.pipecat.agent;

import io.pipecat.agent.FunctionTable.Function;
import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether what a model wrote is a call that can be made, and otherwise says what is wrong in words that it can act on. */
final class CallCheck {
    private static final int SHOWN = 3;

    /** What a call turned out to be. */
    sealed interface Checked {}

    /** A call that fits its method. */
    record Good(Function function, JsonObject arguments) implements Checked {}

    /**
     * A call that is answered without being made.
     *
     * @param function what it was meant for, if that exists
     * @param arguments what could be read of the arguments
     * @param answer what the model is told
     * @param outcome a word for the audit log
     */
    record Bad(Optional<Function> function, JsonObject arguments, String answer, String outcome) implements Checked {}

    private final FunctionTable table;
    private final LoopGuard guard = new LoopGuard();

    CallCheck(FunctionTable table) {
        this.table = table;
    }

    /** Checks a call. Calls are checked in the order in which the model made them. */
    Checked check(ToolCall call) {
        JsonValue arguments;
        Optional<String> malformed = Optional.empty();
        try {
            arguments = call.argumentsJson().isBlank() ? JsonObject.EMPTY : Json.parse(call.argumentsJson());
            if (!(arguments instanceof JsonObject)) {
                malformed = Optional.of("must be a JSON object, not " + Json.kind(arguments));
            }
        } catch (JsonException e) {
            arguments = new JsonString(call.argumentsJson());
            malformed = Optional.of("are not valid JSON (" + e.getMessage() + ")");
        }
        JsonObject object = arguments instanceof JsonObject o ? o : JsonObject.EMPTY;
        boolean repeated = guard.isRepeated(call.name(), arguments);
        Optional<Function> found = table.find(call.name());
        if (repeated) {
            return new Bad(found, object, repeated(call.name()), "repeated");
        }
        if (found.isEmpty()) {
            return new Bad(found, object, unknown(call.name()), "unknown-function");
        }
        if (malformed.isPresent()) {
            String answer = "The arguments of " + call.name() + " " + malformed.get()
                    + ". Call it again with an object. " + signature(found.get().method());
            return new Bad(found, object, answer, "invalid-arguments");
        }
        return check(found.get(), call.name(), object);
    }

    /**
     * Checks the arguments of a call alone.
     *
     * @param function what is called
     * @param name what whoever calls it calls it
     * @param arguments the arguments as they were written
     */
    static Checked check(Function function, String name, JsonObject arguments) {
        JsonObject schema = function.method().parameters();
        JsonObject settled = JsonSchema.settled(arguments, schema);
        List<String> problems = JsonSchema.check(settled, schema);
        if (problems.isEmpty()) {
            return new Good(function, settled);
        }
        StringBuilder answer = new StringBuilder(name)
                .append(" was not called: ")
                .append(String.join("; ", problems))
                .append(". ");
        meant(function.method(), arguments)
                .ifPresent(pair -> answer.append("Did you mean ").append(pair).append("? "));
        answer.append(signature(function.method()));
        return new Bad(Optional.of(function), arguments, answer.toString(), "invalid-arguments");
    }

    /** Returns the parameters that the unexpected arguments are nearest to. */
    private static Optional<String> meant(MethodSpec method, JsonObject arguments) {
        if (method.parameters()
                .get("additionalProperties")
                .filter(JsonBool.FALSE::equals)
                .isEmpty()) {
            return Optional.empty();
        }
        List<String> free = new ArrayList<>(method.parameterNames());
        free.removeAll(arguments.members().keySet());
        String meant = arguments.members().keySet().stream()
                .filter(name -> !method.parameterNames().contains(name))
                .flatMap(name -> Nearest.ranked(name, free, 1).stream().map(near -> "'" + near + "' by '" + name + "'"))
                .collect(Collectors.joining(" and "));
        return meant.isEmpty() ? Optional.empty() : Optional.of(meant);
    }

    private static String repeated(String name) {
        return "You have made this call of " + name
                + " with the same arguments again and again, and it was not repeated: the"
                + " results are above. Do something else, or answer with what you know.";
    }

    private String unknown(String name) {
        if (table.names().isEmpty()) {
            return "There is no function " + name + ", and no other: answer without calling one.";
        }
        return "There is no function " + name + ". The nearest names are "
                + String.join(", ", Nearest.ranked(name, table.names(), SHOWN))
                + ". Call one of the functions that you were given, or answer without one.";
    }

    private static String signature(MethodSpec method) {
        if (method.parameterNames().isEmpty()) {
            return "It takes no parameters.";
        }
        Set<String> required = method.parameters()
                .array("required")
                .map(names -> names.strings().collect(Collectors.toSet()))
                .orElse(Set.of());
        JsonObject properties = method.parameters().object("properties").orElse(JsonObject.EMPTY);
        return method.parameterNames().stream()
                .map(name -> name + " ("
                        + properties
                                .get(name)
                                .filter(JsonObject.class::isInstance)
                                .flatMap(schema -> ((JsonObject) schema).string("type"))
                                .map(type -> type + ", ")
                                .orElse("")
                        + (required.contains(name) ? "required" : "optional") + ")")
                .collect(Collectors.joining(", ", "Its parameters: ", "."));
    }
}
