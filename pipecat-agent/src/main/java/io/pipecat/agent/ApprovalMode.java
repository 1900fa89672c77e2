package io.pipecat.agent;

/** What happens when a model wants a sensitive tool method called; the setting {@code approval_mode}. */
public enum ApprovalMode {
    /** The {@link Approver} is asked; where there is none, the call is denied. */
    ASK,
    /** Every such call is denied. */
    DENY,
    /** Every such call runs. */
    ALLOW
}
