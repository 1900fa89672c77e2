package io.pipecat.api.discovery;

import io.pipecat.api.Subscription;
import java.net.URI;

/** Makes this node's services known to others. Thread-safe. */
public interface ServiceRegistry extends AutoCloseable {

    /**
     * Registers a service. Returns at once; where the registry is away, it is tried again until the registration is
     * closed.
     *
     * @param name the name to be found by
     * @param address where others reach it
     * @param healthCheck what the registry asks to find out whether it works
     * @return closing it deregisters
     */
    Subscription register(ServiceName name, URI address, URI healthCheck);

    /** Deregisters everything. */
    @Override
    void close();
}
