package io.pipecat.api.http;

import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Provider;
import io.pipecat.api.setting.Settings;

/** Brings a service over HTTP to a node. Its {@link #name()} is the service's in {@code SERVE}: {@code web}, {@code tools}. */
public interface EndpointProvider extends Provider {

    /**
     * Returns the port that the service listens on.
     *
     * @param settings the node's settings
     * @return 1 to 65535, or 0 for any free port
     */
    int port(Settings settings);

    /**
     * Makes the service. It is not yet reachable.
     *
     * @param context the node, complete
     * @return the service, closed by the node
     * @throws PipecatException if the configuration makes it impossible; says which setting and what to do
     * @throws InterruptedException if the calling thread is interrupted
     */
    HttpEndpoint create(NodeContext context) throws PipecatException, InterruptedException;
}
