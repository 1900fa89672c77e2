package io.pipecat.endpoint.web;

import io.pipecat.agent.Approval;
import io.pipecat.agent.ApprovalRequest;
import io.pipecat.agent.Approver;
import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;

/** Brings the questions of one conversation to whoever follows it, and their answers back. */
final class ApprovalBridge implements Approver {
    private final ApprovalDesk desk;
    private final EventLog events;
    private final NodeContext context;
    private final Consumer<String> changed;
    private volatile int open;
    private volatile String turn = "";
    private volatile AnswerParts parts = new AnswerParts();

    /**
     * Makes a bridge.
     *
     * @param changed is told {@code asking} when a question is open, and {@code answered} when none is any more
     */
    ApprovalBridge(ApprovalDesk desk, EventLog events, NodeContext context, Consumer<String> changed) {
        this.desk = desk;
        this.events = events;
        this.context = context;
        this.changed = changed;
    }

    void begin(String newTurn, AnswerParts newParts) {
        turn = newTurn;
        parts = newParts;
    }

    /** Whether a question waits for a person. */
    boolean isAsking() {
        return open > 0;
    }

    private synchronized void opened() {
        open++;
        if (open == 1) {
            changed.accept("asking");
        }
    }

    private synchronized void ended() {
        open--;
        if (open == 0) {
            changed.accept("answered");
        }
    }

    @Override
    public Approval ask(ApprovalRequest request) throws InterruptedException {
        Duration atMost = context.settings().get(WebSettings.APPROVAL_TIMEOUT);
        String asking = turn;
        AnswerParts into = parts;
        String id = desk.open();
        events.add(
                "approval",
                JsonObject.builder()
                        .put("turn", asking)
                        .put("id", id)
                        .put("call", request.callId())
                        .put("tool", request.tool() + "." + request.method())
                        .put("arguments", request.shownArguments())
                        .put("description", request.description())
                        .put("expires", context.clock().instant().plus(atMost).toString())
                        .build());
        ApprovalDesk.Ending ending = ApprovalDesk.Ending.WITHDRAWN;
        opened();
        try {
            ending = desk.await(id, atMost);
            return ending.approval();
        } finally {
            into.approved(request.callId(), ending.word());
            events.add(
                    "approval_done",
                    JsonObject.builder()
                            .put("turn", asking)
                            .put("id", id)
                            .put("call", request.callId())
                            .put("decision", ending.word())
                            .build());
            ended();
        }
    }
}
