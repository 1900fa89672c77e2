package io.pipecat.endpoint.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the messages of a request. */
final class ChatMessages {
    private final Map<String, String> calls = new HashMap<>();

    private ChatMessages() {}

    static List<Message> of(JsonObject body) throws ApiError {
        JsonArray array = body.array("messages")
                .filter(messages -> messages.size() > 0)
                .orElseThrow(
                        () -> ApiError.invalid("messages", "messages must be an array with at least one message."));
        ChatMessages reader = new ChatMessages();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String where = "messages[" + i + "]";
            if (!(array.get(i) instanceof JsonObject message)) {
                throw ApiError.invalid(where, "A message must be an object.");
            }
            messages.add(reader.read(message, where));
        }
        return messages;
    }

    private Message read(JsonObject message, String where) throws ApiError {
        String role = message.string("role").orElse("");
        String text = content(message, where + ".content");
        return switch (role) {
            case "system", "developer" -> new Message.SystemPrompt(text);
            case "user" -> new Message.User(text);
            case "assistant" -> new Message.Assistant(text, calls(message, where));
            case "tool" -> {
                String id = message.string("tool_call_id")
                        .orElseThrow(() ->
                                ApiError.invalid(where + ".tool_call_id", "A tool's message needs a tool_call_id."));
                String name = calls.get(id);
                if (name == null) {
                    throw ApiError.invalid(
                            where + ".tool_call_id",
                            "No earlier message of the assistant has a tool call with the id " + new JsonString(id)
                                    + ".");
                }
                yield new Message.ToolResult(id, name, text, false);
            }
            default ->
                throw ApiError.invalid(
                        where + ".role",
                        "A message's role is system, developer, user, assistant or tool; not " + new JsonString(role)
                                + ".");
        };
    }

    private static String content(JsonObject message, String where) throws ApiError {
        JsonValue content = message.get("content").orElse(JsonNull.NULL);
        if (content instanceof JsonString text) {
            return text.value();
        }
        if (content == JsonNull.NULL) {
            return "";
        }
        if (!(content instanceof JsonArray parts)) {
            throw ApiError.invalid(where, "content must be a string or an array of parts.");
        }
        StringBuilder text = new StringBuilder();
        for (JsonValue part : parts) {
            if (!(part instanceof JsonObject object)
                    || !object.string("type").orElse("").equals("text")) {
                throw ApiError.unsupported(
                        where, "This server reads text only: each part must be of the type \"text\".");
            }
            text.append(object.string("text").orElse(""));
        }
        return text.toString();
    }

    private List<ToolCall> calls(JsonObject message, String where) throws ApiError {
        List<ToolCall> made = new ArrayList<>();
        JsonArray array = message.array("tool_calls").orElse(JsonArray.EMPTY);
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof JsonObject call)
                    || call.string("id").isEmpty()
                    || call.object("function").flatMap(f -> f.string("name")).isEmpty()) {
                throw ApiError.invalid(
                        where + ".tool_calls[" + i + "]", "A tool call needs an id and a function with a name.");
            }
            JsonObject function = call.object("function").orElse(JsonObject.EMPTY);
            String id = call.string("id").orElse("");
            String name = function.string("name").orElse("");
            calls.put(id, name);
            made.add(new ToolCall(id, name, function.string("arguments").orElse("{}")));
        }
        return made;
    }
}
