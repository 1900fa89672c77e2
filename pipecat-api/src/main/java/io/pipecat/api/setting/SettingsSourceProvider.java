package io.pipecat.api.setting;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.Provider;

/** Makes a source of shared settings, which go below the node's own. */
public interface SettingsSourceProvider extends Provider {

    /**
     * Returns whether the node's own settings ask for this source.
     *
     * @param settings the settings without those from a cluster
     * @return whether the node is to use it
     */
    boolean wanted(Settings settings);

    /**
     * Opens the source. May wait for it, no longer than {@code discovery_timeout}.
     *
     * @param node what the node is
     * @param settings the settings without those from a cluster
     * @return the source, closed by the node
     * @throws SettingsException if the source refuses for good, such as for a wrong token
     * @throws InterruptedException if the calling thread is interrupted
     */
    SettingsSource open(NodeInfo node, Settings settings) throws SettingsException, InterruptedException;
}
