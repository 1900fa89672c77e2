package io.pipecat.endpoint.web;

import io.pipecat.agent.Approval;
import io.pipecat.agent.ApprovalRequest;
import io.pipecat.agent.Approver;
import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonObject;
import java.time.Duration;

/** Brings the questions of one conversation to whoever follows it, and their answers back. */
final class ApprovalBridge implements Approver {
    private final ApprovalDesk desk;
    private final EventLog events;
    private final NodeContext context;
    private volatile String turn = "";
    private volatile AnswerParts parts = new AnswerParts();

    ApprovalBridge(ApprovalDesk desk, EventLog events, NodeContext context) {
        this.desk = desk;
        this.events = events;
        this.context = context;
    }

    void begin(String newTurn, AnswerParts newParts) {
        turn = newTurn;
        parts = newParts;
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
        }
    }
}
