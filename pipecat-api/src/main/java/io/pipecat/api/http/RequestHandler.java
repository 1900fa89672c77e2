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

    /**
     * Returns whether it is asked also while as many requests as may be are under way, or the node goes down, when others are refused:
     * right for what tells how things stand and for what ends something. It must be quick.
     *
     * @return by default false
     */
    default boolean isAlwaysAsked() {
        return false;
    }

    /**
     * Makes a handler that is {@linkplain #isAlwaysAsked() always asked}.
     *
     * @param handler answers
     * @return the same, asked always
     */
    static RequestHandler always(RequestHandler handler) {
        return new RequestHandler() {
            @Override
            public Response handle(Request request) throws IOException, InterruptedException {
                return handler.handle(request);
            }

            @Override
            public boolean isAlwaysAsked() {
                return true;
            }
        };
    }
}
