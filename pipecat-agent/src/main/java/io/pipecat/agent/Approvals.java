package io.pipecat.agent;

import io.pipecat.agent.FunctionTable.Function;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether the calls of one conversation may be made, and remembers what a person has allowed for good. */
final class Approvals {
    static final Approver NOBODY = request -> Approval.DENY;

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    /**
     * A decision.
     *
     * @param allowed whether the call may be made
     * @param how by whom or what it was decided, for the audit log
     * @param refusal what the model is told if it may not
     */
    record Decision(boolean allowed, String how, String refusal) {
        static Decision allowed(String how) {
            return new Decision(true, how, "");
        }
    }

    private final Approver approver;
    private final Duration grace;
    private final Set<String> always = ConcurrentHashMap.newKeySet();

    Approvals(Approver approver, Duration grace) {
        this.approver = approver;
        this.grace = grace;
    }

    /** Decides without a person; empty if one has to be asked. */
    Optional<Decision> decide(Function function, ConversationOptions options) {
        String label = function.label();
        if (!function.method().sensitive()) {
            return Optional.of(Decision.allowed("not-needed"));
        }
        if (options.allowTools().contains(label) || options.allowTools().contains(function.toolName())) {
            return Optional.of(Decision.allowed("allow_tools"));
        }
        return switch (options.approvalMode()) {
            case ALLOW -> Optional.of(Decision.allowed("approval_mode=allow"));
            case DENY ->
                Optional.of(new Decision(
                        false,
                        "approval_mode=deny",
                        label
                                + " was not called: this node denies sensitive calls (approval_mode=deny). Do not try it again;"
                                + " tell the user."));
            case ASK -> {
                if (always.contains(label)) {
                    yield Optional.of(Decision.allowed("allowed-always"));
                }
                // Compared as an object: an approver that denies is not the same as nobody being there.
                yield approver.equals(NOBODY)
                        ? Optional.of(
                                new Decision(
                                        false,
                                        "nobody-to-ask",
                                        label
                                                + " was not called: it needs a person's approval, and nobody can be asked here. Do not"
                                                + " try it again; tell the user that allow_tools or approval_mode would allow it."))
                        : Optional.empty();
            }
        };
    }

    /**
     * Asks the person.
     *
     * @throws InterruptedException if the turn ends first; the question was taken back
     */
    Decision ask(ApprovalRequest request) throws InterruptedException {
        String label = request.tool() + "." + request.method();
        DetachedCall.Ending<Approval> ending =
                DetachedCall.run("approval of " + label, Optional.empty(), grace, () -> approver.ask(request));
        return switch (ending) {
            case DetachedCall.Returned<Approval>(Approval answer) ->
                switch (answer) {
                    case ALLOW -> Decision.allowed("allowed");
                    case ALLOW_ALWAYS -> {
                        always.add(label);
                        yield Decision.allowed("allowed-always");
                    }
                    case DENY ->
                        new Decision(
                                false,
                                "denied",
                                label
                                        + " was not called: the user did not allow it. Do not try it again; ask the user what to"
                                        + " do instead.");
                };
            case DetachedCall.Threw<Approval>(Throwable thrown) -> {
                LOG.warn("asking whether {} may be called failed, so it was not called", label, thrown);
                yield new Decision(
                        false,
                        "could-not-ask",
                        label + " was not called: it needs a person's approval, and asking for it failed.");
            }
            case DetachedCall.Stopped<Approval> stopped -> {
                if (stopped.abandoned()) {
                    LOG.warn("the question whether {} may be called does not end although its turn has", label);
                }
                throw new InterruptedException("the turn ended before anybody answered");
            }
        };
    }
}
