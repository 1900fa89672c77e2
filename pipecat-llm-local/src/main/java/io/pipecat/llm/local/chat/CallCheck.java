package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what is wrong with a call, in words that a model can act on. */
public final class CallCheck {
    private CallCheck() {}

    /**
     * Checks a call against the functions on offer.
     *
     * @param call the call
     * @param functions the functions
     * @return what is wrong; empty if nothing is
     */
    public static Optional<String> problem(ToolCall call, List<FunctionSpec> functions) {
        Optional<FunctionSpec> function =
                functions.stream().filter(f -> f.name().equals(call.name())).findFirst();
        if (function.isEmpty()) {
            String names = functions.stream().map(FunctionSpec::name).collect(Collectors.joining(", "));
            return Optional.of("There is no function '" + call.name() + "'. "
                    + (names.isEmpty() ? "There are none; answer in words." : "There is " + names + "."));
        }
        JsonObject arguments;
        try {
            arguments = Json.parseObject(call.argumentsJson());
        } catch (JsonException e) {
            return Optional.of("The call of " + call.name() + " is not valid JSON: " + e.getMessage()
                    + ". Write it again, the arguments as one JSON object.");
        }
        List<String> problems = JsonSchema.check(arguments, function.get().parameters());
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of("The arguments of " + call.name() + " are wrong: " + String.join("; ", problems)
                        + ". Call it again with correct ones.");
    }
}
