package io.pipecat.endpoint.openai;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Writes one answer as chunks, or as a whole. */
final class Chunks {
    static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
    /** A comment, which clients pass over (HTML standard, "Server-sent events"). */
    static final byte[] STILL_HERE = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);

    private final String id;
    private final long created;
    private final String model;
    private final String usageField;
    /** What stands before each delta; a token should not cost an object. */
    private final String before;

    private final String after;

    Chunks(String id, long created, String model, boolean includeUsage) {
        this.id = id;
        this.created = created;
        this.model = model;
        this.usageField = includeUsage ? ",\"usage\":null" : "";
        this.before = "data: " + head() + ",\"choices\":[{\"index\":0,\"delta\":";
        this.after = ",\"logprobs\":null,\"finish_reason\":null}]" + usageField + "}\n\n";
    }

    private String head() {
        return "{\"id\":" + new JsonString(id) + ",\"object\":\"chat.completion.chunk\",\"created\":" + created
                + ",\"model\":" + new JsonString(model);
    }

    byte[] role() {
        return utf8(before + "{\"role\":\"assistant\",\"content\":\"\"}" + after);
    }

    byte[] text(String text) {
        return utf8(before + "{\"content\":" + new JsonString(text) + "}" + after);
    }

    /** As DeepSeek and llama-server name it, which clients have come to know. */
    byte[] reasoning(String text) {
        return utf8(before + "{\"reasoning_content\":" + new JsonString(text) + "}" + after);
    }

    byte[] call(int index, ToolCall call) {
        JsonObject one = call(call).toBuilder().put("index", index).build();
        return utf8(before + JsonObject.of("tool_calls", JsonArray.of(one)) + after);
    }

    byte[] finish(FinishReason reason) {
        return utf8(
                before + "{},\"logprobs\":null,\"finish_reason\":\"" + name(reason) + "\"}]" + usageField + "}\n\n");
    }

    byte[] usage(Usage usage) {
        return utf8("data: " + head() + ",\"choices\":[],\"usage\":" + json(usage) + "}\n\n");
    }

    static byte[] error(ApiError error) {
        return utf8("data: " + error.body() + "\n\n");
    }

    JsonObject whole(String text, String reasoning, List<ToolCall> calls, FinishReason reason, Usage usage) {
        JsonObject.Builder message = JsonObject.builder()
                .put("role", "assistant")
                .put("content", text.isEmpty() && !calls.isEmpty() ? JsonNull.NULL : new JsonString(text))
                .put("refusal", JsonNull.NULL);
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning);
        }
        if (!calls.isEmpty()) {
            message.put(
                    "tool_calls",
                    new JsonArray(IntStream.range(0, calls.size())
                            .<JsonValue>mapToObj(i -> call(calls.get(i)))
                            .toList()));
        }
        JsonObject choice = JsonObject.builder()
                .put("index", 0)
                .put("message", message.build())
                .put("logprobs", JsonNull.NULL)
                .put("finish_reason", name(reason))
                .build();
        return JsonObject.builder()
                .put("id", id)
                .put("object", "chat.completion")
                .put("created", created)
                .put("model", model)
                .put("choices", JsonArray.of(choice))
                .put("usage", json(usage))
                .build();
    }

    private static JsonObject call(ToolCall call) {
        return JsonObject.builder()
                .put("id", call.id())
                .put("type", "function")
                .put(
                        "function",
                        JsonObject.builder()
                                .put("name", call.name())
                                .put("arguments", call.argumentsJson())
                                .build())
                .build();
    }

    private static JsonObject json(Usage usage) {
        return JsonObject.builder()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", (long) usage.promptTokens() + usage.completionTokens())
                .build();
    }

    private static String name(FinishReason reason) {
        return switch (reason) {
            case TOOL_CALLS -> "tool_calls";
            case LENGTH -> "length";
            case CONTENT_FILTER -> "content_filter";
            case STOP, OTHER -> "stop";
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
