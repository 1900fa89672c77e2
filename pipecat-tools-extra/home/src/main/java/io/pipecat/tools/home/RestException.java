package io.pipecat.tools.home;

import org.jspecify.annotations.Nullable;

/** A service gave no answer. The message goes on after "…, but": "it did not answer within 10s". */
final class RestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean nothingSent;

    RestException(String message, boolean nothingSent, @Nullable Throwable cause) {
        super(message, cause);
        this.nothingSent = nothingSent;
    }

    /** Whether the service surely has not seen the request. */
    boolean nothingSent() {
        return nothingSent;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
