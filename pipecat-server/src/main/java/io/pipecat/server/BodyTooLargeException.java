package io.pipecat.server;

import java.io.IOException;

/** The body of a request goes on past what its route takes. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("The body is larger than the " + limit + " bytes that are taken here.");
    }
}
