package io.pipecat.api.mqtt;

import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Provider;
import io.pipecat.api.setting.Settings;

/** Makes the connection to a broker. */
public interface MqttProvider extends Provider {

    /**
     * Returns whether the settings name a broker.
     *
     * @param settings the settings
     * @return whether the node is to use it
     */
    boolean wanted(Settings settings);

    /**
     * Makes the link and begins to connect. Waits for nothing.
     *
     * @param context the node; only node, settings, discovery, metrics, clock, events and state folder are there yet
     * @return the link, closed by the node after all that use it
     * @throws PipecatException if the configuration makes it impossible, such as certificates that cannot be read
     */
    MqttLink open(NodeContext context) throws PipecatException;
}
