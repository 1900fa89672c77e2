package io.pipecat.endpoint.web;

import io.pipecat.agent.TurnFrame;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds the frames of a turn up to the answer as it is stored and told. Thread-safe: approvals come from another thread. */
final class AnswerParts {
    private final List<String> order = new ArrayList<>();
    private final Map<String, JsonObject.Builder> tools = new LinkedHashMap<>();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();
    private int count;

    synchronized void add(TurnFrame frame) {
        switch (frame) {
            case TurnFrame.Text text -> text("text", text.text());
            case TurnFrame.Reasoning reasoning -> text("reasoning", reasoning.text());
            case TurnFrame.Notice notice -> {
                text("notice", notice.message());
                begin("");
            }
            case TurnFrame.ToolStarted started -> {
                begin("");
                order.add(started.callId());
                tools.put(
                        started.callId(),
                        JsonObject.builder()
                                .put("type", "tool")
                                .put("id", started.callId())
                                .put("name", started.name())
                                .put("arguments", started.shownArguments())
                                .put("sensitive", started.sensitive())
                                .put("ok", false)
                                .put("result", "")
                                .put("millis", 0));
            }
            case TurnFrame.ToolFinished finished -> {
                JsonObject.Builder tool = tools.get(finished.callId());
                if (tool != null) {
                    tool.put("ok", !finished.error())
                            .put("result", finished.resultText())
                            .put("millis", finished.took().toMillis());
                }
            }
            default -> {}
        }
    }

    synchronized void approved(String call, String decision) {
        JsonObject.Builder tool = tools.get(call);
        if (tool != null) {
            tool.put("approval", decision);
        }
    }

    private String current = "";

    private void begin(String key) {
        current = key;
    }

    private void text(String kind, String piece) {
        if (current.isEmpty() || !kind.equals(kinds.get(current))) {
            current = "#" + count++;
            order.add(current);
            kinds.put(current, kind);
            texts.put(current, new StringBuilder());
        }
        texts.get(current).append(piece);
    }

    private synchronized JsonArray parts() {
        List<JsonValue> parts = new ArrayList<>();
        for (String key : order) {
            JsonObject.Builder tool = tools.get(key);
            if (tool == null) {
                parts.add(JsonObject.builder()
                        .put("type", String.valueOf(kinds.get(key)))
                        .put("text", String.valueOf(texts.get(key)))
                        .build());
            } else {
                parts.add(tool.build());
            }
        }
        return new JsonArray(parts);
    }

    JsonObject message(String turn, String time, String finish, String error, Usage usage) {
        JsonObject.Builder message = JsonObject.builder()
                .put("role", "assistant")
                .put("turn", turn)
                .put("time", time)
                .put("finish", finish);
        if (!error.isEmpty()) {
            message.put("error", error);
        }
        return message.put("usage", usage(usage)).put("parts", parts()).build();
    }

    static JsonObject usage(Usage usage) {
        return JsonObject.builder()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .build();
    }
}
