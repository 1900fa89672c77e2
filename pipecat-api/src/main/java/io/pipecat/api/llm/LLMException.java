package io.pipecat.api.llm;

import io.pipecat.api.PipecatException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language model gave no answer, or only part of one. */
public class LLMException extends PipecatException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is; decides what a caller can do. */
    public enum Reason {
        /** It cannot be reached or is overloaded, and has not begun to answer. Another one may answer instead. */
        UNAVAILABLE,
        /** It did not answer, or did not go on, within its deadline. */
        TIMEOUT,
        /** The context does not fit. Ask again with a shorter one. */
        CONTEXT_OVERFLOW,
        /** It refuses this request: bad key, unknown model, invalid parameter. The same request will be refused again. */
        REJECTED,
        /** What came back is not what the protocol promises. */
        PROTOCOL,
        /** It stopped in the middle of an answer of which the receiver has seen a part. */
        BROKEN_OFF,
        /** It cannot work on this machine or with this configuration. */
        UNUSABLE
    }

    private final Reason reason;

    /**
     * Makes an exception.
     *
     * @param reason what kind of failure it is
     * @param message what was tried, on which endpoint or file, what happened and what to do
     */
    public LLMException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * Makes an exception.
     *
     * @param reason what kind of failure it is
     * @param message what was tried, on which endpoint or file, what happened and what to do
     * @param cause what lies beneath, if anything
     */
    public LLMException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Returns what kind of failure it is.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns how long the model asks to be left alone.
     *
     * @return the time from when it said so; empty if it did not
     */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
