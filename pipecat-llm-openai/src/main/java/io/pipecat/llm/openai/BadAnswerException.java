package io.pipecat.llm.openai;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came back cannot be taken for an answer. Becomes a {@link Failure} where it is known which instance sent it. */
final class BadAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable ServerError error;

    /** Something that is not the protocol; the message goes after "it sent". */
    BadAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.error = null;
    }

    /** The server said itself that it failed. */
    BadAnswerException(ServerError error) {
        super(error.message());
        this.error = error;
    }

    Optional<ServerError> error() {
        return Optional.ofNullable(error);
    }
}
