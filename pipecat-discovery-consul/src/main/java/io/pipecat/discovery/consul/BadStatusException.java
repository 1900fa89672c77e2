package io.pipecat.discovery.consul;

import java.io.IOException;

/** Consul answered with a status that is no answer. */
final class BadStatusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String excerpt;

    /**
     * Makes an exception.
     *
     * @param status the HTTP status
     * @param excerpt the beginning of what came with it, for people
     */
    BadStatusException(int status, String excerpt) {
        super("status " + status + ": " + excerpt);
        this.status = status;
        this.excerpt = excerpt;
    }

    int status() {
        return status;
    }

    String excerpt() {
        return excerpt;
    }
}
