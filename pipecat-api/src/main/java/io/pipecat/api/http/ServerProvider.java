package io.pipecat.api.http;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Provider;

/** Listens for HTTP on behalf of the endpoints. */
public interface ServerProvider extends Provider {

    /**
     * Opens a listener.
     *
     * @param binding where
     * @param endpoint what answers
     * @param context the node: its settings hold TLS and limits, its metrics count the requests
     * @return the listener, taking requests
     * @throws ListenException if it cannot listen there
     */
    Listener open(Binding binding, HttpEndpoint endpoint, NodeContext context) throws ListenException;
}
