package io.pipecat.api.discovery;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Provider;
import io.pipecat.api.setting.Settings;

/** Makes a {@link ServiceDiscovery} and a {@link ServiceRegistry} over one source, such as Consul. */
public interface DiscoveryProvider extends Provider {

    /**
     * Returns whether the settings ask for this source.
     *
     * @param settings the settings without those from a cluster
     * @return whether the node is to use it
     */
    boolean wanted(Settings settings);

    /**
     * Makes the discovery. Contacts nothing yet.
     *
     * @param context the node; only node, settings, metrics, clock, events and state folder are there yet
     * @return the discovery, closed by the node
     * @throws DiscoveryException if the configuration makes it impossible
     */
    ServiceDiscovery create(NodeContext context) throws DiscoveryException;

    /**
     * Makes the registry. Contacts nothing yet.
     *
     * @param context the node
     * @return the registry, closed by the node
     * @throws DiscoveryException if the configuration makes it impossible
     */
    ServiceRegistry createRegistry(NodeContext context) throws DiscoveryException;
}
