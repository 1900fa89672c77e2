package io.pipecat.tools.remote;

import io.pipecat.api.tool.ToolException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance did not run the call, for certain: it may be made again, there or elsewhere. */
final class NothingRan extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with an instance that ran nothing, the most hopeful first. */
    enum Kind {
        /** It has too much to do, or is going down. */
        BUSY,
        /** There is no connection to it. */
        UNCONNECTED,
        /** There is no tool server. */
        UNUSABLE,
        /** It is this node. */
        ITSELF
    }

    private final Kind kind;
    private final ToolException failure;
    private final @Nullable Duration retryAfter;

    /**
     * Makes an exception.
     *
     * @param kind what is wrong with the instance
     * @param failure what the caller is told if nobody else runs it
     * @param retryAfter how long the instance asks to wait
     */
    NothingRan(Kind kind, ToolException failure, Optional<Duration> retryAfter) {
        super(failure.getMessage(), failure);
        this.kind = kind;
        this.failure = failure;
        this.retryAfter = retryAfter.orElse(null);
    }

    static NothingRan unconnected(String message, @Nullable Throwable cause) {
        return new NothingRan(
                Kind.UNCONNECTED,
                new ToolException(ToolException.Reason.UNAVAILABLE, message, cause),
                Optional.empty());
    }

    static NothingRan itself(String message) {
        return new NothingRan(
                Kind.ITSELF, new ToolException(ToolException.Reason.UNAVAILABLE, message), Optional.empty());
    }

    static NothingRan unusable(String message) {
        return new NothingRan(
                Kind.UNUSABLE, new ToolException(ToolException.Reason.UNAVAILABLE, message), Optional.empty());
    }

    Kind kind() {
        return kind;
    }

    ToolException failure() {
        return failure;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
