package io.pipecat.api;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong in one of the roles. Each role has its own subclass. The message is written for the person who runs
 * the node: what was tried, on which endpoint or file, what happened, and what to do about it. It never holds a secret.
 */
public abstract class PipecatException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what was tried, on what, what happened and what to do
     * @param cause what lies beneath, if anything
     */
    protected PipecatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns the message, which is always there.
     *
     * @return the message
     */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
