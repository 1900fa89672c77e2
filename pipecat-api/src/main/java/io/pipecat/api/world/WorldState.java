package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was known at one moment. Immutable. */
public interface WorldState {

    /**
     * Returns what is known of a topic.
     *
     * @param topic the topic, without wildcards
     * @return its value; if there are topics below it, an object of them in which its own value has the key {@code ""}
     */
    Optional<JsonValue> get(String topic);

    /**
     * Returns everything as nested objects by topic level. An empty level is the key {@code ""}.
     *
     * @return the tree
     */
    JsonObject toJson();

    /**
     * Returns the devices that are known, defined or observed.
     *
     * @return the devices in a fixed order
     */
    List<Device> devices();

    /**
     * Returns when this was known to be right.
     *
     * @return now for a model that is connected; older while its source is away
     */
    Instant asOf();
}
