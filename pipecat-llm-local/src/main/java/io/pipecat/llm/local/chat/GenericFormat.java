package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.llm.local.chat.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** For models whose own format is not known or that have none: plain words and JSON. */
record GenericFormat() implements CallFormat {
    private static final CallSyntax SYNTAX = new CallSyntax(
            List.of(
                    new CallSyntax.Bracket("<tool_call>", "</tool_call>"),
                    new CallSyntax.Bracket("```json", "```", false),
                    new CallSyntax.Bracket("```tool_call", "```")),
            List.of("{\"tool_calls\":", "{\"name\":\"", "[{\"name\":\""));

    @Override
    public CallSyntax syntax() {
        return SYNTAX;
    }

    @Override
    public List<Turn> head(String system, List<FunctionSpec> functions, UnaryOperator<String> clean) {
        String list = functions.stream()
                .map(f -> clean.apply(CallFormat.describe(f).toString()))
                .collect(Collectors.joining("\n"));
        return List.of(new Turn(Role.SYSTEM, CallFormat.join(system, """
                        You can call these functions, each given with the JSON Schema of its parameters:
                        %s

                        To call functions, answer with nothing but one JSON object of this form:
                        {"tool_calls": [{"name": "<function name>", "arguments": {<its arguments>}}]}
                        You will be given the results. Call a function only where it is needed; otherwise answer in words.""".formatted(list))));
    }

    @Override
    public String calls(List<ToolCall> calls, UnaryOperator<String> clean) {
        List<JsonValue> list = new ArrayList<>();
        calls.forEach(call -> list.add(JsonObject.builder()
                .put("name", call.name())
                .put("arguments", CallFormat.arguments(call))
                .build()));
        return clean.apply(JsonObject.of("tool_calls", new JsonArray(list)).toString());
    }

    @Override
    public List<Turn> results(List<Message.ToolResult> results, UnaryOperator<String> clean) {
        return List.of(new Turn(
                Role.USER,
                results.stream()
                        .map(r -> "Result of " + clean.apply(r.name()) + ": " + clean.apply(CallFormat.content(r)))
                        .collect(Collectors.joining("\n"))));
    }

    @Override
    public Set<String> markers() {
        return Set.of("<tool_call>", "</tool_call>");
    }
}
