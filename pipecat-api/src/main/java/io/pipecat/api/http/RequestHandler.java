package io.pipecat.api.http;

import java.io.IOException;

/** Answers requests. Called on a virtual thread for each request; may block. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Answers a request.
     *
     * @param request the request
     * @return the response
     * @throws IOException if the body cannot be read or is too large
     * @throws InterruptedException if the time is over or the node shuts down
     */
    Response handle(Request request) throws IOException, InterruptedException;
}
