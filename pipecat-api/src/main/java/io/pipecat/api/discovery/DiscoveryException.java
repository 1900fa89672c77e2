package io.pipecat.api.discovery;

import io.pipecat.api.PipecatException;
import org.jspecify.annotations.Nullable;

/** A service could not be looked up: where to look cannot be reached, refuses, or gives nonsense. */
public class DiscoveryException extends PipecatException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what was looked for, where, what was found instead, which setting would help
     * @param cause what lies beneath, if anything
     */
    public DiscoveryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
