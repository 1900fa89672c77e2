package io.pipecat.worldmodel.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldModelProvider;
import io.pipecat.worldmodel.house.House;
import io.pipecat.worldmodel.house.OntologyFile;
import io.pipecat.worldmodel.state.TopicStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a node the world model of its cluster. */
public final class DistributedWorldModelProvider implements WorldModelProvider {

    private static final Logger LOG = LoggerFactory.getLogger(DistributedWorldModelProvider.class);

    /** For {@link java.util.ServiceLoader}. */
    public DistributedWorldModelProvider() {}

    @Override
    public String name() {
        return "distributed";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return RemoteSettings.all();
    }

    /** The connectors belong where the model is; a node that only reads it has none. */
    @Override
    public WorldModel create(NodeContext context, List<WorldConnector> connectors) throws WorldModelException {
        return RemoteWorldModel.open(context, house(context), limits(), Pace.USUAL);
    }

    /** A service holds no more than it may, and that is held here too; a broker holds what anybody has sent it. */
    private static TopicStore.Limits limits() {
        return new TopicStore.Limits(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2);
    }

    /** What there is where no service says it: the ontology of this node, if it has one. */
    private static House house(NodeContext context) throws WorldModelException {
        Path file = context.settings().get(RemoteSettings.ONTOLOGY_PATH);
        if (!Files.exists(file)) {
            return House.EMPTY;
        }
        OntologyFile.Ontology ontology = OntologyFile.read(file);
        ontology.remarks().forEach(remark -> LOG.warn("In the ontology, {}", remark));
        return ontology.house();
    }
}
