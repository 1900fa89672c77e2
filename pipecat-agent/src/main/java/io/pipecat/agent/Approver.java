package io.pipecat.agent;

/** Asks a person whether a sensitive tool method may be called. */
@FunctionalInterface
public interface Approver {

    /**
     * Asks about one call. Blocks until there is an answer; however long that takes does not count against the call's deadline.
     *
     * <p>It is called on a thread of the conversation, one question at a time, after the frames up to the question were delivered.
     * Frames of other calls may be delivered to the sink, on the sink's thread, while the person thinks. An exception counts as
     * {@link Approval#DENY}.
     *
     * @param request the call
     * @return the answer
     * @throws InterruptedException if the thread is interrupted, because the turn ends: take the question back
     */
    Approval ask(ApprovalRequest request) throws InterruptedException;

    /**
     * Returns the approver where nobody can be asked.
     *
     * @return one that denies everything; the model is told that nobody was there
     */
    static Approver nobody() {
        return Approvals.NOBODY;
    }
}
