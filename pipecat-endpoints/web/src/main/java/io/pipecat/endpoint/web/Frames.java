package io.pipecat.endpoint.web;

import io.pipecat.agent.TurnFrame;
import io.pipecat.api.json.JsonObject;

/** Turns the frames of one turn into events. Called by one thread at a time. */
final class Frames {
    private final EventLog events;
    private final String turn;
    private final AnswerParts parts;

    Frames(EventLog events, String turn, AnswerParts parts) {
        this.events = events;
        this.turn = turn;
        this.parts = parts;
    }

    private JsonObject.Builder of() {
        return JsonObject.builder().put("turn", turn);
    }

    void add(TurnFrame frame) {
        parts.add(frame);
        switch (frame) {
            case TurnFrame.TurnStart start -> {}
            case TurnFrame.Text text ->
                events.add("text", of().put("delta", text.text()).build());
            case TurnFrame.Reasoning text ->
                events.add("reasoning", of().put("delta", text.text()).build());
            case TurnFrame.Notice notice ->
                events.add("notice", of().put("text", notice.message()).build());
            case TurnFrame.ToolStarted tool ->
                events.add(
                        "tool_call",
                        of().put("id", tool.callId())
                                .put("name", tool.name())
                                .put("arguments", tool.shownArguments())
                                .put("sensitive", tool.sensitive())
                                .build());
            case TurnFrame.ToolProgress progress ->
                events.add(
                        "tool_progress",
                        of().put("id", progress.callId())
                                .put("line", progress.line())
                                .build());
            case TurnFrame.ToolFinished tool ->
                events.add(
                        "tool_result",
                        of().put("id", tool.callId())
                                .put("name", tool.name())
                                .put("ok", !tool.error())
                                .put("result", tool.resultText())
                                .put("millis", tool.took().toMillis())
                                .build());
            // Told when it is stored.
            case TurnFrame.TurnEnd end -> {}
        }
    }
}
