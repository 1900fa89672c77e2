package io.pipecat.endpoint.web;

import io.pipecat.agent.TurnFrame;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds the frames of a turn up to the answer as it is stored and told. Thread-safe: approvals come from another thread. */
final class AnswerParts {
    private sealed interface Part {
        JsonObject json();
    }

    private record Said(String kind, StringBuilder text) implements Part {
        @Override
        public JsonObject json() {
            return JsonObject.builder()
                    .put("type", kind)
                    .put("text", text.toString())
                    .build();
        }
    }

    private record Called(String id, JsonObject.Builder tool) implements Part {
        @Override
        public JsonObject json() {
            return tool.build();
        }
    }

    private final List<Part> parts = new ArrayList<>();

    synchronized void add(TurnFrame frame) {
        switch (frame) {
            case TurnFrame.Text text -> say("text", text.text());
            case TurnFrame.Reasoning reasoning -> say("reasoning", reasoning.text());
            case TurnFrame.Notice notice -> parts.add(new Said("notice", new StringBuilder(notice.message())));
            case TurnFrame.ToolStarted started -> parts.add(new Called(started.callId(), begun(started)));
            case TurnFrame.ToolFinished finished ->
                call(finished.callId())
                        .ifPresent(tool -> tool.put("ok", !finished.error())
                                .put("result", finished.resultText())
                                .put("millis", finished.took().toMillis()));
            default -> {}
        }
    }

    private static JsonObject.Builder begun(TurnFrame.ToolStarted started) {
        return JsonObject.builder()
                .put("type", "tool")
                .put("id", started.callId())
                .put("name", started.name())
                .put("arguments", started.shownArguments())
                .put("sensitive", started.sensitive())
                .put("ok", false)
                .put("result", "")
                .put("millis", 0);
    }

    synchronized void approved(String callId, String decision) {
        call(callId).ifPresent(tool -> tool.put("approval", decision));
    }

    private Optional<JsonObject.Builder> call(String id) {
        return parts.stream()
                .filter(part -> part instanceof Called called && called.id().equals(id))
                .map(part -> ((Called) part).tool())
                .findFirst();
    }

    private void say(String kind, String piece) {
        if (!parts.isEmpty()
                && parts.getLast() instanceof Said last
                && last.kind().equals(kind)) {
            last.text().append(piece);
        } else {
            parts.add(new Said(kind, new StringBuilder(piece)));
        }
    }

    private synchronized JsonArray json() {
        return new JsonArray(parts.stream().<JsonValue>map(Part::json).toList());
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
        return message.put("usage", usage(usage)).put("parts", json()).build();
    }

    static JsonObject usage(Usage usage) {
        return JsonObject.builder()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .build();
    }
}
