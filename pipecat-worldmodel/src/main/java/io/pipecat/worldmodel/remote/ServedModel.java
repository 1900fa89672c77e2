package io.pipecat.worldmodel.remote;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the service says there is beside topics. Immutable.
 *
 * @param devices the devices in the service's order
 * @param locations the places
 * @param nodes the machines
 * @param agents the services
 */
record ServedModel(List<Device> devices, List<Location> locations, List<ClusterNode> nodes, List<Agent> agents) {

    /**
     * Reads what the service wrote.
     *
     * @throws IOException if it is not of the form
     */
    static ServedModel read(JsonObject json) throws IOException {
        List<Device> devices = new ArrayList<>();
        for (JsonObject device : objects(json, "devices")) {
            devices.add(device(device));
        }
        List<Location> locations = new ArrayList<>();
        for (JsonObject location : objects(json, "locations")) {
            List<Location.Occupant> occupants = new ArrayList<>();
            for (JsonObject occupant : objects(location, "occupants")) {
                occupants.add(new Location.Occupant(text(occupant, "name"), text(occupant, "type")));
            }
            locations.add(new Location(text(location, "id"), text(location, "name"), occupants));
        }
        List<ClusterNode> nodes = new ArrayList<>();
        for (JsonObject node : objects(json, "nodes")) {
            nodes.add(new ClusterNode(text(node, "id"), text(node, "name"), text(node, "status"), detail(node)));
        }
        List<Agent> agents = new ArrayList<>();
        for (JsonObject agent : objects(json, "agents")) {
            agents.add(new Agent(text(agent, "id"), text(agent, "name"), detail(agent)));
        }
        return new ServedModel(List.copyOf(devices), List.copyOf(locations), List.copyOf(nodes), List.copyOf(agents));
    }

    static Device device(JsonObject json) throws IOException {
        Set<String> assumed = array(json, "assumed").strings().collect(Collectors.toSet());
        return new Device(
                text(json, "id"),
                text(json, "name"),
                text(json, "type"),
                json.string("location"),
                json.object("state").orElse(JsonObject.EMPTY),
                assumed,
                json.bool("commandable").orElse(false));
    }

    /** This with another state of one device. */
    ServedModel with(Device device) {
        List<Device> all = devices.stream()
                .map(each -> each.id().equals(device.id()) ? device : each)
                .toList();
        return new ServedModel(all, locations, nodes, agents);
    }

    private static JsonArray array(JsonObject json, String name) throws IOException {
        return json.array(name).orElseThrow(() -> missing(name, "an array"));
    }

    private static List<JsonObject> objects(JsonObject json, String name) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonValue element : array(json, name)) {
            if (!(element instanceof JsonObject object)) {
                throw missing(name, "objects");
            }
            objects.add(object);
        }
        return objects;
    }

    private static String text(JsonObject json, String name) throws IOException {
        return json.string(name).orElseThrow(() -> missing(name, "a string"));
    }

    private static JsonObject detail(JsonObject json) {
        return json.object("detail").orElse(JsonObject.EMPTY);
    }

    private static IOException missing(String name, String what) {
        return new IOException("what it sent has not " + what + " as " + name);
    }
}
