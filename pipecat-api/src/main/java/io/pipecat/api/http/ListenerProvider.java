package io.pipecat.api.http;

import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Provider;
import io.pipecat.api.setting.Settings;
import java.util.Optional;

/** Brings a service that is not HTTP to a node. Its {@link #name()} is the service's in {@code SERVE}: {@code wyoming}. */
public interface ListenerProvider extends Provider {

    /**
     * Returns the port that the service listens on.
     *
     * @param settings the node's settings
     * @return 1 to 65535, or 0 for any free port
     */
    int port(Settings settings);

    /**
     * Returns whether a key is configured; see {@link Authenticator#missingKeySetting()}.
     *
     * @param settings the node's settings
     * @return the name of the setting that would configure one, if none is configured; empty if one is
     */
    Optional<String> missingKeySetting(Settings settings);

    /**
     * Opens the listener.
     *
     * @param binding where
     * @param context the node, complete
     * @return the listener
     * @throws PipecatException if it cannot listen there or the configuration makes it impossible
     */
    Listener open(Binding binding, NodeContext context) throws PipecatException;
}
