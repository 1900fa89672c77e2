package io.pipecat.worldmodel.local;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldModelProvider;
import io.pipecat.worldmodel.cluster.Cluster;
import io.pipecat.worldmodel.house.House;
import io.pipecat.worldmodel.house.OntologyFile;
import io.pipecat.worldmodel.house.OntologyFile.Ontology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the world model that is kept in this process. */
public final class LocalWorldModelProvider implements WorldModelProvider {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWorldModelProvider.class);
    private static final String DEMO = "/io/pipecat/worldmodel/demo-house.yaml";
    private static final String FOLDER = "world";

    /**
     * What a node knows of its house before anybody says anything.
     *
     * @param origin what to call it
     * @param folder where its state is kept: that of a house that is none apart from a real one's
     */
    private record Known(House house, String origin, Path folder) {}

    /** Makes a provider. */
    public LocalWorldModelProvider() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return LocalSettings.ALL;
    }

    @Override
    public WorldModel create(NodeContext context, List<WorldConnector> connectors)
            throws WorldModelException, InterruptedException {
        Known known = known(context, connectors);
        Cluster cluster = Cluster.of(context);
        StateFile.Opened opened;
        try {
            opened = StateFile.open(known.folder(), context.clock().instant());
        } catch (WorldModelException e) {
            cluster.close();
            throw e;
        }
        opened.setAside()
                .ifPresent(aside -> context.publish(new NodeEvent.Degraded(
                        context.clock().instant(),
                        "world-model",
                        "What was known of the house could not be read and was set aside as " + aside
                                + "; it begins anew with what the broker and the devices say.")));
        if (opened.file().isEmpty()) {
            context.publish(new NodeEvent.Degraded(
                    context.clock().instant(),
                    "world-model",
                    "Another process keeps the state of the house in " + known.folder()
                            + ". This one begins with what is there and writes nothing to it: what is said here is known to"
                            + " the other by way of a broker, or not at all."));
        }
        return LocalWorldModel.start(
                context,
                new LocalWorldModel.Start(known.house(), known.origin(), known.folder(), opened, cluster),
                connectors);
    }

    private static Known known(NodeContext context, List<WorldConnector> connectors) throws WorldModelException {
        Path folder = context.stateDir().resolve(FOLDER);
        SettingValue<Path> setting = context.settings().describe(LocalSettings.ONTOLOGY_PATH);
        Path file = setting.value().orElseThrow();
        if (Files.exists(file)) {
            return new Known(remarked(OntologyFile.read(file)), file.toString(), folder);
        }
        if (!setting.isDefault()) {
            throw new WorldModelException(
                    "There is no ontology at " + file.toAbsolutePath() + ", which ontology_path (" + setting.source()
                            + ") names. Write it, or unset ontology_path.",
                    null);
        }
        boolean alone = context.node().mode() == DeploymentMode.MONOLITH
                && context.mqtt().isEmpty()
                && connectors.isEmpty();
        return alone
                ? new Known(demo(), "demo house, nothing real", folder.resolve("demo"))
                : new Known(House.EMPTY, "no ontology", folder);
    }

    private static House remarked(Ontology ontology) {
        ontology.remarks().forEach(remark -> LOG.warn("In the ontology, {}", remark));
        return ontology.house();
    }

    private static House demo() throws WorldModelException {
        try (InputStream in = LocalWorldModelProvider.class.getResourceAsStream(DEMO)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + DEMO);
            }
            return OntologyFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "the demo house")
                    .house();
        } catch (IOException e) {
            throw new IllegalStateException("the jar cannot be read", e);
        }
    }
}
