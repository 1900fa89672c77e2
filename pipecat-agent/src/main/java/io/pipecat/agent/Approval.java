package io.pipecat.agent;

/** A person's answer to an {@link ApprovalRequest}. */
public enum Approval {
    /** This call may run. */
    ALLOW,
    /** This call and all later calls of the same method in this conversation may run. */
    ALLOW_ALWAYS,
    /** This call must not run; the model is told so. */
    DENY
}
