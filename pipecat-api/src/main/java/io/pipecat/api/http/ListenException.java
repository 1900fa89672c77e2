package io.pipecat.api.http;

import io.pipecat.api.PipecatException;
import org.jspecify.annotations.Nullable;

/** A service cannot listen where it should: the port is taken, the certificate unreadable, a key missing. */
public class ListenException extends PipecatException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message which service, where, what happened and which setting helps
     * @param cause what lies beneath, if anything
     */
    public ListenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
