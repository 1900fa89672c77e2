package io.pipecat.api.world;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Provider;

/** Makes a world model. Its {@link #name()} is a value of {@code WORLD_MODEL_MODE}: {@code local}, {@code distributed}. */
public interface WorldModelProvider extends Provider {

    /**
     * Makes the model. Waits for nothing outside this node: a broker or a service that is away must not keep it from
     * starting.
     *
     * @param context the node; its {@code worldModel()}, {@code llm()} and {@code tools()} are not there yet
     * @return the model, closed by the node
     * @throws WorldModelException if the configuration makes it impossible: a broken ontology, an unwritable store
     * @throws InterruptedException if the calling thread is interrupted
     */
    WorldModel create(NodeContext context) throws WorldModelException, InterruptedException;
}
