package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;
import java.util.List;

/** What a {@link WorldConnector} tells the model. Thread-safe; never blocks. */
public interface WorldFeed {

    /**
     * Says which places and devices the other system has, instead of those that this connector named before. An id that
     * somebody else uses already is refused, and logged.
     *
     * @param locations the places
     * @param devices the devices with their present state
     */
    void define(List<Location> locations, List<Device> devices);

    /**
     * Says what is so of a device that was defined.
     *
     * @param device its id
     * @param state the properties that are known now; one that is {@link io.pipecat.api.json.JsonNull} is no longer known
     */
    void observe(String device, JsonObject state);
}
