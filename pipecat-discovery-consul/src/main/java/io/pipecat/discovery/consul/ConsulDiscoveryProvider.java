package io.pipecat.discovery.consul;

import io.pipecat.api.NodeContext;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceRegistry;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.util.List;

/** Finds the services that are healthy as Consul says, and registers this node's. */
public final class ConsulDiscoveryProvider implements DiscoveryProvider {
    /** Makes the provider, as {@link java.util.ServiceLoader} does. */
    public ConsulDiscoveryProvider() {}

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return ConsulSettings.ALL;
    }

    @Override
    public boolean wanted(Settings settings) {
        return ConsulSettings.wanted(settings);
    }

    @Override
    public ServiceDiscovery create(NodeContext context) throws DiscoveryException {
        return new ConsulDiscovery(context, link(context));
    }

    @Override
    public ServiceRegistry createRegistry(NodeContext context) throws DiscoveryException {
        return new ConsulRegistry(context, link(context));
    }

    private static ConsulLink link(NodeContext context) throws DiscoveryException {
        try {
            return new ConsulLink(context.settings());
        } catch (SettingsException e) {
            throw new DiscoveryException(e.getMessage(), e);
        }
    }
}
