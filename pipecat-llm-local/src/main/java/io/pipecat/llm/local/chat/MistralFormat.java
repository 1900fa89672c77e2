package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.llm.local.chat.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Mistral from version 3 of its instruction format on. */
record MistralFormat() implements CallFormat {
    private static final CallSyntax SYNTAX =
            new CallSyntax(List.of(new CallSyntax.Bracket("[TOOL_CALLS]", "")), List.of("[{\"name\":\""));

    @Override
    public CallSyntax syntax() {
        return SYNTAX;
    }

    @Override
    public List<Turn> head(String system, List<FunctionSpec> functions, UnaryOperator<String> clean) {
        List<JsonValue> list = new ArrayList<>();
        functions.forEach(f -> list.add(JsonObject.builder()
                .put("type", "function")
                .put("function", CallFormat.describe(f))
                .build()));
        Turn tools = new Turn(Role.TOOLS, clean.apply(new JsonArray(list).toString()));
        return system.isEmpty() ? List.of(tools) : List.of(new Turn(Role.SYSTEM, system), tools);
    }

    @Override
    public String calls(List<ToolCall> calls, UnaryOperator<String> clean) {
        List<JsonValue> list = new ArrayList<>();
        calls.forEach(call -> list.add(JsonObject.builder()
                .put("name", call.name())
                .put("arguments", CallFormat.arguments(call))
                .put("id", call.id())
                .build()));
        return "[TOOL_CALLS] " + clean.apply(new JsonArray(list).toString());
    }

    @Override
    public List<Turn> results(List<Message.ToolResult> results, UnaryOperator<String> clean) {
        return results.stream()
                .map(r -> new Turn(
                        Role.TOOL,
                        clean.apply(JsonObject.builder()
                                .put("content", value(CallFormat.content(r)))
                                .put("call_id", r.callId())
                                .build()
                                .toString())))
                .toList();
    }

    private static JsonValue value(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return new JsonString(text);
        }
    }

    @Override
    public Set<String> markers() {
        return Set.of("[TOOL_CALLS]");
    }
}
