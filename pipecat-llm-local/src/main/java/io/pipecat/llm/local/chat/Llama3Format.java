package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.llm.local.chat.Turn.Role;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Llama 3.1 and later: the words are those of Meta's chat template for calls as JSON. */
record Llama3Format() implements CallFormat {
    private static final CallSyntax SYNTAX = new CallSyntax(
            List.of(new CallSyntax.Bracket("<|python_tag|>", "")),
            List.of("{\"name\":\"", "{\"type\":\"function\"", "{\"function\":", "[{\"name\":\""));

    @Override
    public CallSyntax syntax() {
        return SYNTAX;
    }

    @Override
    public List<Turn> head(String system, List<FunctionSpec> functions, UnaryOperator<String> clean) {
        String list = functions.stream()
                .map(f -> clean.apply(CallFormat.describe(f).toString()))
                .collect(Collectors.joining("\n\n"));
        return List.of(new Turn(Role.SYSTEM, CallFormat.join(system, """
                        You have access to the following functions. To call a function, please respond with JSON for a \
                        function call. Respond in the format {"name": function name, "parameters": dictionary of argument \
                        name and its value}. Do not use variables. Call a function only where it is needed; otherwise \
                        answer in words.

                        %s""".formatted(list))));
    }

    @Override
    public String calls(List<ToolCall> calls, UnaryOperator<String> clean) {
        return calls.stream()
                .map(call -> CallFormat.write(call, "parameters", clean))
                .collect(Collectors.joining("; "));
    }

    @Override
    public List<Turn> results(List<Message.ToolResult> results, UnaryOperator<String> clean) {
        return results.stream()
                .map(r -> new Turn(Role.TOOL, clean.apply(CallFormat.content(r))))
                .toList();
    }

    @Override
    public Set<String> markers() {
        return Set.of("<|python_tag|>", "<|eom_id|>");
    }
}
