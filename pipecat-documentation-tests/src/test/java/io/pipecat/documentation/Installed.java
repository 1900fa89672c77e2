package io.pipecat.documentation;

import io.pipecat.api.Provider;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.ListenerProvider;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.llm.LLMProvider;
import io.pipecat.api.model.BundledModel;
import io.pipecat.api.mqtt.MqttProvider;
import io.pipecat.api.setting.SettingsSourceProvider;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.world.WorldConnectorProvider;
import io.pipecat.api.world.WorldModelProvider;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** What the jars of a whole node bring, as a node finds it. */
final class Installed {
    private static final List<Class<? extends Provider>> ROLES = List.of(
            BundledModel.class,
            DiscoveryProvider.class,
            EndpointProvider.class,
            LLMProvider.class,
            ListenerProvider.class,
            MqttProvider.class,
            ServerProvider.class,
            SettingsSourceProvider.class,
            ToolProvider.class,
            WorldConnectorProvider.class,
            WorldModelProvider.class);

    private Installed() {}

    static Stream<Provider> providers() {
        return ROLES.stream().flatMap(role -> ServiceLoader.load(role).stream().map(ServiceLoader.Provider::get));
    }

    static <P extends Provider> List<P> of(Class<P> role) {
        return ServiceLoader.load(role).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Provider::name))
                .toList();
    }

    /** The artifact that something comes from: in a build the folder of its module, whose name is in its pom, else its jar. */
    static String artifact(Class<?> type) {
        Path place =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        if (place.endsWith(Path.of("target", "classes"))) {
            String pom = Checkout.read(place.getParent().resolveSibling("pom.xml"));
            String own = pom.substring(pom.indexOf("</parent>"));
            return own.substring(own.indexOf("<artifactId>") + "<artifactId>".length(), own.indexOf("</artifactId>"));
        }
        return place.getFileName().toString().replaceFirst("-\\d.*", "");
    }
}
