package io.pipecat.llm.openai;

import io.pipecat.api.llm.LLMException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failed request, with what the service needs to know to go on. */
final class Failure extends LLMException {
    private static final long serialVersionUID = 1L;

    private final boolean repeatable;
    private final boolean answered;
    private final @Nullable Duration retryAfter;

    private Failure(
            Reason reason,
            String message,
            @Nullable Throwable cause,
            boolean repeatable,
            boolean answered,
            @Nullable Duration retryAfter) {
        super(reason, message, cause);
        this.repeatable = repeatable;
        this.answered = answered;
        this.retryAfter = retryAfter;
    }

    /** A failure after which the same request to the same instance makes no sense or might be answered twice. */
    static Failure last(Reason reason, String message, @Nullable Throwable cause) {
        return new Failure(reason, message, cause, false, false, null);
    }

    /** A failure of a request that was not begun to be answered: a later one may do better. */
    static Failure repeatable(Reason reason, String message, @Nullable Throwable cause, Optional<Duration> retryAfter) {
        return new Failure(reason, message, cause, true, false, retryAfter.orElse(null));
    }

    /** An error that the server told of: it is overloaded, say, but it is there. */
    static Failure told(String message, Optional<Duration> retryAfter) {
        return new Failure(Reason.UNAVAILABLE, message, null, true, true, retryAfter.orElse(null));
    }

    Failure afterAttempts(int attempts) {
        return new Failure(
                reason(),
                getMessage() + " (" + attempts + " attempts were made.)",
                getCause(),
                repeatable,
                answered,
                retryAfter);
    }

    boolean repeatable() {
        return repeatable;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether nobody is there; an error, a refusal, or an answer that makes no sense shows that somebody is. */
    boolean meansAway() {
        return !answered && (reason() == Reason.UNAVAILABLE || reason() == Reason.TIMEOUT);
    }

    /** Whether another instance may do better with the same request. */
    boolean faultOfInstance() {
        return switch (reason()) {
            case UNAVAILABLE, TIMEOUT, PROTOCOL, BROKEN_OFF -> true;
            case CONTEXT_OVERFLOW, REJECTED, UNUSABLE -> false;
        };
    }
}
