package io.pipecat.node;

import io.pipecat.api.Provider;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.ListenerProvider;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.model.BundledModel;
import io.pipecat.api.mqtt.MqttProvider;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSourceProvider;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.world.WorldConnectorProvider;
import io.pipecat.api.world.WorldModelProvider;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every provider on the path, by role. Which jars are there decides what a node can be.
 *
 * @param settings sources of shared settings
 * @param discoveries sources of addresses
 * @param brokers connections to a broker
 * @param worldModels world models
 * @param connectors joins of the world model to other systems
 * @param models models that come in a jar
 * @param llms language models
 * @param tools tools
 * @param endpoints services over HTTP
 * @param listeners services that are not HTTP
 * @param servers what listens for HTTP
 */
record Providers(
        List<SettingsSourceProvider> settings,
        List<DiscoveryProvider> discoveries,
        List<MqttProvider> brokers,
        List<WorldModelProvider> worldModels,
        List<WorldConnectorProvider> connectors,
        List<BundledModel> models,
        List<LLMProvider> llms,
        List<ToolProvider> tools,
        List<EndpointProvider> endpoints,
        List<ListenerProvider> listeners,
        List<ServerProvider> servers) {

    static Providers load(ClassLoader loader) throws SettingsException {
        return new Providers(
                load("settings source", loader, c -> ServiceLoader.load(SettingsSourceProvider.class, c)),
                load("discovery", loader, c -> ServiceLoader.load(DiscoveryProvider.class, c)),
                load("broker", loader, c -> ServiceLoader.load(MqttProvider.class, c)),
                load("world model", loader, c -> ServiceLoader.load(WorldModelProvider.class, c)),
                load("world connector", loader, c -> ServiceLoader.load(WorldConnectorProvider.class, c)),
                load("bundled model", loader, c -> ServiceLoader.load(BundledModel.class, c)),
                load("language model", loader, c -> ServiceLoader.load(LLMProvider.class, c)),
                load("tools", loader, c -> ServiceLoader.load(ToolProvider.class, c)),
                load("endpoint", loader, c -> ServiceLoader.load(EndpointProvider.class, c)),
                load("listener", loader, c -> ServiceLoader.load(ListenerProvider.class, c)),
                load("server", loader, c -> ServiceLoader.load(ServerProvider.class, c)));
    }

    private static <P extends Provider> List<P> load(
            String role, ClassLoader loader, Function<ClassLoader, ServiceLoader<P>> load) throws SettingsException {
        List<P> providers = new ArrayList<>();
        try {
            load.apply(loader).forEach(providers::add);
        } catch (ServiceConfigurationError e) {
            throw new SettingsException(
                    "A jar on the path has a damaged " + role + " provider: " + e.getMessage()
                            + ". Remove or replace that jar.",
                    e);
        }
        Map<String, P> byName = new HashMap<>();
        for (P provider : providers) {
            P other = byName.putIfAbsent(provider.name(), provider);
            if (other != null) {
                throw new SettingsException("Two jars offer a " + role + " provider named '" + provider.name() + "': "
                        + origin(other) + " and " + origin(provider) + "; remove one of them from the path.");
            }
        }
        // Where several could serve, the order must not be that of a folder.
        providers.sort(Comparator.comparing(Provider::name));
        return List.copyOf(providers);
    }

    Stream<Provider> all() {
        return Stream.of(
                        settings,
                        discoveries,
                        brokers,
                        worldModels,
                        connectors,
                        models,
                        llms,
                        tools,
                        endpoints,
                        listeners,
                        servers)
                .flatMap(List::stream);
    }

    List<SettingSpec<?>> declaredSettings() {
        List<SettingSpec<?>> specs = new ArrayList<>();
        all().forEach(provider -> specs.addAll(provider.settings()));
        return specs;
    }

    /** A provider for people: its name and where it comes from. */
    static String label(Provider provider) {
        return provider.name() + " (" + origin(provider) + ")";
    }

    /** The jar that something comes from, or where there is no telling its module. */
    static String origin(Object object) {
        Class<?> type = object.getClass();
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            return fileName(source.getLocation());
        }
        return type.getModule().isNamed() ? type.getModule().getName() : type.getName();
    }

    private static String fileName(URL location) {
        // A jlink image has no jars: its locations are jrt:/module.
        if (location.getProtocol().equals("jrt")) {
            return location.getPath().replaceFirst("^/", "");
        }
        Path name = Path.of(location.getPath()).getFileName();
        return name == null ? location.toString() : name.toString();
    }
}
