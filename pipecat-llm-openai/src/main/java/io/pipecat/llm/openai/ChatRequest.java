package io.pipecat.llm.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a context as the body of {@code POST /chat/completions}. */
final class ChatRequest {
    private ChatRequest() {}

    static JsonObject body(LLMContext context, String model, String maxTokensField) {
        JsonObject.Builder body = JsonObject.builder()
                .put("model", model)
                .put("messages", array(context.messages().stream().map(ChatRequest::message)))
                .put("stream", true)
                .put(
                        "stream_options",
                        JsonObject.builder().put("include_usage", true).build());
        if (!context.functions().isEmpty()) {
            body.put(
                    "tools",
                    array(context.functions().stream()
                            .map(f -> typed(JsonObject.builder()
                                    .put("name", f.name())
                                    .put("description", Utf16.wellFormed(f.description()))
                                    .put("parameters", f.parameters())
                                    .build()))));
        }
        context.options().temperature().ifPresent(t -> body.put("temperature", t));
        context.options().topP().ifPresent(p -> body.put("top_p", p));
        if (!context.options().stop().isEmpty()) {
            body.put("stop", JsonArray.ofStrings(context.options().stop()));
        }
        context.options().maxTokens().ifPresent(n -> body.put(maxTokensField, n));
        context.options().seed().ifPresent(s -> body.put("seed", s));
        return body.build();
    }

    private static JsonObject message(Message message) {
        String text = Utf16.wellFormed(message.text());
        return switch (message) {
            case Message.SystemPrompt prompt -> message("system", text).build();
            case Message.User user -> message("user", text).build();
            case Message.Assistant assistant -> {
                // Empty rather than null: chat templates write null as "None".
                JsonObject.Builder builder = message("assistant", text);
                if (!assistant.toolCalls().isEmpty()) {
                    builder.put(
                            "tool_calls", array(assistant.toolCalls().stream().map(ChatRequest::call)));
                }
                yield builder.build();
            }
            case Message.ToolResult result ->
                message("tool", result.error() ? JsonObject.of("error", text).toString() : text)
                        .put("tool_call_id", result.callId())
                        .build();
        };
    }

    private static JsonObject.Builder message(String role, String content) {
        return JsonObject.builder().put("role", role).put("content", content);
    }

    private static JsonObject call(ToolCall call) {
        // llama-server and vLLM parse the arguments of past calls and refuse the whole conversation if they are not an
        // object.
        String said = Utf16.wellFormed(call.argumentsJson());
        String arguments = ToolCallAssembler.isObject(said)
                ? said
                : JsonObject.of("malformed_arguments", said).toString();
        return typed(JsonObject.builder()
                        .put("name", call.name())
                        .put("arguments", arguments)
                        .build())
                .toBuilder()
                .put("id", call.id())
                .build();
    }

    private static JsonObject typed(JsonObject function) {
        return JsonObject.builder()
                .put("type", "function")
                .put("function", function)
                .build();
    }

    private static JsonArray array(Stream<JsonObject> objects) {
        return new JsonArray(objects.map(JsonValue.class::cast).toList());
    }

    /** The ids of the calls that the conversation has already. */
    static Set<String> callIds(LLMContext context) {
        return context.messages().stream()
                .filter(Message.Assistant.class::isInstance)
                .map(Message.Assistant.class::cast)
                .flatMap(a -> a.toolCalls().stream())
                .map(ToolCall::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
