package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

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
     * Tells each topic that has a value of its own: what {@link #toJson()} nests, one by one, so that an object that is a
     * value can be told from topics below a topic. A model that keeps no topics apart, as it only knows the nested form,
     * takes each value that is no object for that of a topic.
     *
     * @param action gets topic and value, in a fixed order
     */
    default void forEachTopic(BiConsumer<? super String, ? super JsonValue> action) {
        for (Map.Entry<String, JsonValue> level : toJson().members().entrySet()) {
            Leaves.tell(level.getKey(), level.getValue(), action);
        }
    }

    /**
     * Returns the devices that are known, defined or observed.
     *
     * @return the devices in a fixed order
     */
    List<Device> devices();

    /**
     * Returns a device.
     *
     * @param id its id
     * @return the device; empty if there is none of that id
     */
    default Optional<Device> device(String id) {
        return devices().stream().filter(device -> device.id().equals(id)).findFirst();
    }

    /**
     * Returns the rooms and other places.
     *
     * @return the places in a fixed order
     */
    List<Location> locations();

    /**
     * Returns the machines of the cluster, from the ontology and, where one is configured, from the scheduler.
     *
     * @return the machines in a fixed order
     */
    List<ClusterNode> nodes();

    /**
     * Returns the services that act in the cluster.
     *
     * @return the agents in a fixed order
     */
    List<Agent> agents();

    /**
     * Returns when this was known to be right.
     *
     * @return now for a model that is connected; older while its source is away
     */
    Instant asOf();
}
