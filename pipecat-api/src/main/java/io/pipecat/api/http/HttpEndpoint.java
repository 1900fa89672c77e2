package io.pipecat.api.http;

import java.util.List;

/** A service over HTTP. */
public interface HttpEndpoint extends AutoCloseable {

    /**
     * Returns what it answers. The server adds {@code GET /health} (open, from {@link #health()}) and
     * {@code GET /metrics} if they are not among them, 404 for other paths and 405 with {@code Allow} for other verbs.
     *
     * @return the routes; the same each time
     */
    List<Route> routes();

    /**
     * Returns who may call the routes that are not {@linkplain Route#open() open}. Asked before the body is read.
     *
     * @return the authenticator
     */
    Authenticator authenticator();

    /**
     * Returns whether the service works. Called for {@code GET /health}; must return quickly.
     *
     * @return its health
     */
    default Health health() {
        return Health.OK;
    }

    /**
     * The listener stops: it takes no new requests and waits for those under way. What would go on for ever, such as a
     * stream of events, is to end now. Must return quickly.
     */
    default void drain() {}

    /** Ends what the service has running. Called after the last request. */
    @Override
    void close();
}
