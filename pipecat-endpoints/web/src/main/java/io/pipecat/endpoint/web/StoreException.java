package io.pipecat.endpoint.web;

import java.io.IOException;

/** A conversation could not be read or written. The message is a sentence. */
final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    StoreException(String message, IOException cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
