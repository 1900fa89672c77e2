package io.pipecat.api.http;

import java.net.URI;
import java.time.Duration;

/** A service that listens. */
public interface Listener extends AutoCloseable {

    /**
     * Returns where it listens.
     *
     * @return the address with the real port
     */
    URI address();

    /**
     * Stops taking new requests, says so in {@code /health}, and waits for those that are under way.
     *
     * @param deadline how long to wait before they are interrupted
     * @throws InterruptedException if the calling thread is interrupted
     */
    void drain(Duration deadline) throws InterruptedException;

    /** Stops listening at once. */
    @Override
    void close();
}
