package io.pipecat.api.tool;

import io.pipecat.api.PipecatException;
import org.jspecify.annotations.Nullable;

/** A tool call gave no result. The message is told to the model, so it says what to do differently. */
public class ToolException extends PipecatException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Reason {
        /** There is no tool of that name. */
        UNKNOWN_TOOL,
        /** The tool has no method of that name. */
        UNKNOWN_METHOD,
        /** The method is there but is not offered. */
        NOT_OFFERED,
        /** An argument is missing, unexpected or of the wrong type. */
        INVALID_ARGUMENTS,
        /** Nobody allowed it. */
        DENIED,
        /** The tool ran and failed. */
        FAILED,
        /** It did not finish within its deadline and was ended. */
        TIMEOUT,
        /** Where it runs cannot be reached; nothing ran. */
        UNAVAILABLE,
        /** The connection broke while it may have run; whether it did is not known. */
        UNCERTAIN
    }

    private final Reason reason;

    /**
     * Makes an exception.
     *
     * @param reason what kind of failure it is
     * @param message what happened and what to do differently
     */
    public ToolException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * Makes an exception.
     *
     * @param reason what kind of failure it is
     * @param message what happened and what to do differently
     * @param cause what lies beneath, if anything
     */
    public ToolException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * A failure of the tool itself.
     *
     * @param message what happened and what to do differently
     * @return an exception with the reason {@link Reason#FAILED}
     */
    public static ToolException failed(String message) {
        return new ToolException(Reason.FAILED, message);
    }

    /**
     * Returns what kind of failure it is.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
