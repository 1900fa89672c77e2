package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.llm.local.chat.Turn.Role;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Hermes 2 Pro and 3, Qwen 2.5: the words are those of Qwen's chat template, on which the models were trained. */
record HermesFormat() implements CallFormat {
    private static final CallSyntax SYNTAX =
            new CallSyntax(List.of(new CallSyntax.Bracket("<tool_call>", "</tool_call>")), List.of());

    @Override
    public CallSyntax syntax() {
        return SYNTAX;
    }

    @Override
    public List<Turn> head(String system, List<FunctionSpec> functions, UnaryOperator<String> clean) {
        String list = functions.stream()
                .map(f -> JsonObject.builder()
                        .put("type", "function")
                        .put("function", CallFormat.describe(f))
                        .build())
                .map(f -> clean.apply(f.toString()))
                .collect(Collectors.joining("\n"));
        return List.of(new Turn(Role.SYSTEM, CallFormat.join(system, """
                        # Tools

                        You may call one or more functions to assist with the user query.

                        You are provided with function signatures within <tools></tools> XML tags:
                        <tools>
                        %s
                        </tools>

                        For each function call, return a json object with function name and arguments within \
                        <tool_call></tool_call> XML tags:
                        <tool_call>
                        {"name": <function-name>, "arguments": <args-json-object>}
                        </tool_call>""".formatted(list))));
    }

    @Override
    public String calls(List<ToolCall> calls, UnaryOperator<String> clean) {
        return calls.stream()
                .map(call -> "<tool_call>\n" + CallFormat.write(call, "arguments", clean) + "\n</tool_call>")
                .collect(Collectors.joining("\n"));
    }

    @Override
    public List<Turn> results(List<Message.ToolResult> results, UnaryOperator<String> clean) {
        return List.of(new Turn(
                Role.USER,
                results.stream()
                        .map(r -> "<tool_response>\n" + clean.apply(CallFormat.content(r)) + "\n</tool_response>")
                        .collect(Collectors.joining("\n"))));
    }

    @Override
    public Set<String> markers() {
        return Set.of("<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<tools>", "</tools>");
    }
}
