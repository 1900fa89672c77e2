package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;

/**
 * Joins the world model to another system, such as Home Assistant: brings that system's devices in, shows it ours, or both.
 * Thread-safe.
 */
public interface WorldConnector extends AutoCloseable {

    /**
     * Begins. Called once, when the model is there; returns at once and waits for nothing outside this node.
     *
     * @param model the model
     * @param feed takes what this connector brings; goes on being used from any thread until {@link #close}
     */
    void start(WorldModel model, WorldFeed feed);

    /**
     * Sends a command to a device that this connector brought. That the other system took it is no proof that the device
     * did it: that comes through {@link WorldFeed#observe}.
     *
     * @param device the device
     * @param change what is wanted, by property
     * @throws WorldModelException if the other system cannot be reached or refuses
     * @throws InterruptedException if the calling thread is interrupted
     */
    void command(Device device, JsonObject change) throws WorldModelException, InterruptedException;

    /** Ends the connection. Closing twice does nothing. */
    @Override
    void close();
}
