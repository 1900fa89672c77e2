package io.pipecat.api.world;

import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Provider;
import io.pipecat.api.setting.Settings;

/** Makes a connector. Used only where the world model is kept in this process. */
public interface WorldConnectorProvider extends Provider {

    /**
     * Returns whether the settings ask for it.
     *
     * @param settings the settings
     * @return whether the node is to use it
     */
    boolean wanted(Settings settings);

    /**
     * Makes the connector. Contacts nothing yet.
     *
     * @param context the node; world model, language model and tools are not there yet
     * @return the connector, started and closed by the model
     * @throws PipecatException if the configuration makes it impossible
     */
    WorldConnector create(NodeContext context) throws PipecatException;
}
