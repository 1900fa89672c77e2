package io.pipecat.worldmodel.house;

import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is, apart from the state it is in. Immutable.
 *
 * @param locations the places, in a fixed order
 * @param devices the devices by id, in a fixed order
 * @param nodes the machines
 * @param agents the services
 */
public record House(
        List<Location> locations, Map<String, DeviceDefinition> devices, List<ClusterNode> nodes, List<Agent> agents) {

    /** A house of which nothing is known. */
    public static final House EMPTY = new House(List.of(), Map.of(), List.of(), List.of());

    /** Copies the collections; the order stays. */
    public House {
        locations = List.copyOf(locations);
        devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
        nodes = List.copyOf(nodes);
        agents = List.copyOf(agents);
    }
}
