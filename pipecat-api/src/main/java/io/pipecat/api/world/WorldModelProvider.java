package io.pipecat.api.world;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Provider;
import java.util.List;

/** Makes a world model. Its {@link #name()} is a value of {@code WORLD_MODEL_MODE}: {@code local}, {@code distributed}. */
public interface WorldModelProvider extends Provider {

    /**
     * Makes the model. Waits for nothing outside this node: a broker or a service that is away must not keep it from
     * starting.
     *
     * @param context the node; its {@code worldModel()}, {@code llm()} and {@code tools()} are not there yet
     * @param connectors what joins the model to other systems; the model starts them, gives them the commands for the
     *     devices that they bring, and closes them first
     * @return the model, closed by the node
     * @throws WorldModelException if the configuration makes it impossible: a broken ontology, an unwritable store
     * @throws InterruptedException if the calling thread is interrupted
     */
    WorldModel create(NodeContext context, List<WorldConnector> connectors)
            throws WorldModelException, InterruptedException;
}
