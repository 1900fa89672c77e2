package io.pipecat.api.setting;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.Provider;
import java.time.Duration;

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
     * Opens the source, and waits for its first answer. Where none comes, the source is returned without values and goes on
     * asking.
     *
     * @param node what the node is
     * @param settings the settings without those from a cluster
     * @param patience how long to wait at most
     * @return the source, closed by the node
     * @throws SettingsException if the source refuses for good, such as for a wrong token
     * @throws InterruptedException if the calling thread is interrupted
     */
    SettingsSource open(NodeInfo node, Settings settings, Duration patience)
            throws SettingsException, InterruptedException;
}
