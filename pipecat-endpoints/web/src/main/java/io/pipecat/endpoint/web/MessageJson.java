package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** What the model is told of a conversation, as it is kept: complete, since the model goes on from it. */
final class MessageJson {
    private MessageJson() {}

    static JsonValue write(Message message) {
        return switch (message) {
            case Message.SystemPrompt prompt -> message("system", prompt.text()).build();
            case Message.User user -> message("user", user.text()).build();
            case Message.Assistant assistant ->
                message("assistant", assistant.text())
                        .put(
                                "calls",
                                new JsonArray(assistant.toolCalls().stream()
                                        .map(MessageJson::write)
                                        .toList()))
                        .build();
            case Message.ToolResult result ->
                message("tool", result.text())
                        .put("call", result.callId())
                        .put("name", result.name())
                        .put("error", result.error())
                        .build();
        };
    }

    private static JsonObject.Builder message(String role, String text) {
        return JsonObject.builder().put("role", role).put("text", text);
    }

    private static JsonValue write(ToolCall call) {
        return JsonObject.builder()
                .put("id", call.id())
                .put("name", call.name())
                .put("arguments", call.argumentsJson())
                .build();
    }

    /** Reads messages; what a later version may have added is left out. */
    static List<Message> read(JsonArray array) {
        List<Message> messages = new ArrayList<>();
        array.objects().forEach(json -> {
            String text = json.string("text").orElse("");
            switch (json.string("role").orElse("")) {
                case "system" -> messages.add(new Message.SystemPrompt(text));
                case "user" -> messages.add(new Message.User(text));
                case "assistant" -> messages.add(new Message.Assistant(text, calls(json)));
                case "tool" ->
                    messages.add(new Message.ToolResult(
                            json.string("call").orElse(""),
                            json.string("name").orElse(""),
                            text,
                            json.bool("error").orElse(false)));
                default -> {}
            }
        });
        return messages;
    }

    private static List<ToolCall> calls(JsonObject json) {
        return json.array("calls")
                .orElse(JsonArray.EMPTY)
                .objects()
                .map(call -> new ToolCall(
                        call.string("id").orElse(""),
                        call.string("name").orElse(""),
                        call.string("arguments").orElse("{}")))
                .toList();
    }
}
