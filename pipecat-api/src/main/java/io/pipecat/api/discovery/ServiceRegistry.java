package io.pipecat.api.discovery;

import io.pipecat.api.Subscription;
import java.net.URI;

/** Makes this node's services known to others. Thread-safe. */
public interface ServiceRegistry extends AutoCloseable {

    /**
     * Registers a service. Returns at once; where the registry is away, it is tried again until the registration is
     * closed, and where the registry has lost it, it is made again.
     *
     * @param name the name to be found by
     * @param address where it listens; a wildcard (0.0.0.0, ::) is replaced by the address of this machine that others can
     *     reach as far as the registry can tell, and a service on loopback is not registered where others would read that
     * @param healthPath what of it the registry asks to find out whether it works: {@code /health}
     * @return closing it deregisters
     */
    Registration register(ServiceName name, URI address, String healthPath);

    /** A service that is, or is to be, registered. Closing it deregisters, and waits for that no longer than seconds. */
    interface Registration extends Subscription {
        /**
         * Returns how far that is, for people.
         *
         * @return such as {@code llamacpp-rpc-api at http://10.0.0.5:8080}, or why it is not registered
         */
        String state();
    }

    /** Deregisters everything. */
    @Override
    void close();
}
