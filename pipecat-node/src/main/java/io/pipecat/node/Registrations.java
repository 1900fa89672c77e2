package io.pipecat.node;

import io.pipecat.api.PipecatException;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.discovery.ServiceRegistry;
import io.pipecat.api.discovery.ServiceRegistry.Registration;
import io.pipecat.api.http.Listener;
import io.pipecat.api.setting.SettingsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what a node serves known to others, under the names that they look for. */
final class Registrations implements AutoCloseable {
    private static final String HEALTH = "/health";
    private static final Map<String, ServiceName> NAMES = Map.of(
            "web", ServiceName.NODE,
            "llm", ServiceName.LLM,
            "tools", ServiceName.TOOL_SERVER,
            "world-model", ServiceName.WORLD_MODEL);

    private final DiscoveryProvider provider;
    private final ServiceRegistry registry;
    private final Map<String, Registration> made = new LinkedHashMap<>();

    private Registrations(DiscoveryProvider provider, ServiceRegistry registry) {
        this.provider = provider;
        this.registry = registry;
    }

    /** Registers what is listened for; empty where nothing is to be registered. */
    static Optional<Registrations> open(Assembly assembly, Map<String, Listener> listeners) throws PipecatException {
        Optional<DiscoveryProvider> provider = assembly.discoveryProvider();
        boolean any = listeners.keySet().stream().anyMatch(NAMES::containsKey);
        if (provider.isEmpty() || !any || !assembly.settings().get(NodeSettings.ADVERTISE)) {
            return Optional.empty();
        }
        Registrations registrations =
                new Registrations(provider.get(), provider.get().createRegistry(assembly.context()));
        boolean complete = false;
        try {
            registrations.register(assembly, listeners);
            complete = true;
        } finally {
            if (!complete) {
                registrations.close();
            }
        }
        registrations.made.forEach(
                (service, registration) -> assembly.context().add(() -> registrations.role(service, registration)));
        return Optional.of(registrations);
    }

    private void register(Assembly assembly, Map<String, Listener> listeners) throws SettingsException {
        Optional<String> host = assembly.settings().find(NodeSettings.ADVERTISE_ADDRESS);
        for (Map.Entry<String, Listener> served : listeners.entrySet()) {
            ServiceName name = NAMES.get(served.getKey());
            if (name == null) {
                continue;
            }
            if (name.equals(ServiceName.LLM) && assembly.answersFromCluster().isPresent()) {
                // It would be found by the next node that does the same, and the two would ask each other.
                made.put(served.getKey(), new Kept(name));
                continue;
            }
            URI address = served.getValue().address();
            made.put(
                    served.getKey(),
                    registry.register(name, host.isPresent() ? at(host.get(), address) : address, HEALTH));
        }
    }

    private static URI at(String host, URI listening) throws SettingsException {
        try {
            String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
            URI uri = new URI(listening.getScheme(), null, bracketed, listening.getPort(), null, null, null);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw noAddress(host, e);
        }
        throw noAddress(host, null);
    }

    private static SettingsException noAddress(String host, @org.jspecify.annotations.Nullable Throwable cause) {
        return new SettingsException(
                "advertise_address is '" + host + "', which is no host name or address; give it without a port.",
                cause);
    }

    private Topology.Role role(String service, Registration registration) {
        return new Topology.Role(
                "registration:" + service,
                provider.name(),
                registration.state(),
                Providers.origin(provider),
                "so that other nodes find it (advertise=true)",
                List.of());
    }

    /** Takes it all back; nobody is sent here from then on. Closing twice does nothing. */
    @Override
    public void close() {
        registry.close();
    }

    /** A service that is served and yet not registered. */
    private record Kept(ServiceName name) implements Registration {
        @Override
        public String state() {
            return "not registered as " + name + ": it passes everything on to the cluster's own";
        }

        @Override
        public void close() {
            // There is nothing to take back.
        }
    }
}
