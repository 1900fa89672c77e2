package io.pipecat.worldmodel.house;

import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.worldmodel.cluster.Cluster;
import io.pipecat.worldmodel.house.DeviceDefinition.Control;
import io.pipecat.worldmodel.state.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What there is now: what the ontology defines, what other systems bring, what scheduler and catalogue say. The ontology comes
 * first, then the systems in their order. Thread-safe; reading never blocks.
 */
public final class HouseKeeper {
    private record Brought(List<Location> locations, List<DeviceDefinition> devices) {}

    /**
     * What became of what a system brought.
     *
     * @param gone the ids of devices that it had brought before and does not any more
     * @param refused why something was not taken, a sentence each
     */
    public record Defined(List<String> gone, List<String> refused) {
        /** Copies the lists. */
        public Defined {
            gone = List.copyOf(gone);
            refused = List.copyOf(refused);
        }
    }

    private final House ontology;
    private final Map<Integer, Brought> brought = new TreeMap<>();
    private List<ClusterNode> nodes;
    private List<Agent> agents;
    private volatile House house;

    /**
     * Begins with what is defined.
     *
     * @param ontology what the ontology says
     */
    public HouseKeeper(House ontology) {
        this.ontology = ontology;
        this.nodes = ontology.nodes();
        this.agents = ontology.agents();
        this.house = ontology;
    }

    /**
     * Returns what there is.
     *
     * @return the house of this moment
     */
    public House house() {
        return house;
    }

    /**
     * Returns whether a device was brought by a system.
     *
     * @param device its id
     * @param connector the system
     * @return whether commands for it go there
     */
    public boolean isOf(String device, int connector) {
        DeviceDefinition definition = house.devices().get(device);
        return definition != null
                && definition.control() instanceof Control.Connected connected
                && connected.connector() == connector;
    }

    /**
     * Takes what a system brings, instead of what it brought before.
     *
     * @param connector which system
     * @param locations its places
     * @param devices its devices
     * @return what became of it
     */
    public synchronized Defined define(int connector, List<Location> locations, List<Device> devices) {
        House before = house;
        List<String> refused = new ArrayList<>();
        List<DeviceDefinition> definitions = new ArrayList<>();
        for (Device device : devices) {
            if (device.id().contains("/") || !isTopic(device.id())) {
                refused.add("The device " + Topics.shown(device.id())
                        + " of another system is left out: its id is not one level of a topic.");
            } else {
                definitions.add(DeviceDefinition.of(device, connector));
            }
        }
        brought.put(connector, new Brought(List.copyOf(locations), definitions));
        rebuild(refused);
        List<String> gone = new ArrayList<>();
        before.devices().forEach((id, definition) -> {
            boolean was =
                    definition.control() instanceof Control.Connected connected && connected.connector() == connector;
            if (was && !house.devices().containsKey(id)) {
                gone.add(id);
            }
        });
        return new Defined(gone, refused);
    }

    private static boolean isTopic(String id) {
        try {
            Topics.check(id);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void rebuild(List<String> refused) {
        Map<String, Location> locations = new LinkedHashMap<>();
        Map<String, DeviceDefinition> devices = new LinkedHashMap<>(ontology.devices());
        ontology.locations().forEach(location -> locations.put(location.id(), location));
        for (Brought each : brought.values()) {
            for (Location location : each.locations()) {
                Location other = locations.putIfAbsent(location.id(), location);
                // That two systems know the same room is as it should be; that they mean two rooms by one id is not.
                if (other != null && !other.name().equalsIgnoreCase(location.name())) {
                    refused.add("The place " + Topics.shown(location.id()) + " of another system, " + location.name()
                            + ", is left out: that id is " + other.name() + " already.");
                }
            }
            for (DeviceDefinition device : each.devices()) {
                DeviceDefinition other = devices.putIfAbsent(device.id(), device);
                if (other != null) {
                    refused.add("The device " + Topics.shown(device.id()) + " of another system, " + device.name()
                            + ", is left out: that id is " + other.name() + " already. Rename one of them.");
                }
            }
        }
        house = new House(List.copyOf(locations.values()), devices, nodes, agents);
    }

    /**
     * Takes what the scheduler says.
     *
     * @param asked the machines
     */
    public synchronized void takeNodes(List<ClusterNode> asked) {
        nodes = Cluster.nodes(ontology.nodes(), asked);
        takeCluster();
    }

    /**
     * Takes what the service catalogue says.
     *
     * @param asked the services
     */
    public synchronized void takeAgents(List<Agent> asked) {
        agents = Cluster.agents(ontology.agents(), asked);
        takeCluster();
    }

    private void takeCluster() {
        House before = house;
        if (!before.nodes().equals(nodes) || !before.agents().equals(agents)) {
            house = new House(before.locations(), before.devices(), nodes, agents);
        }
    }
}
