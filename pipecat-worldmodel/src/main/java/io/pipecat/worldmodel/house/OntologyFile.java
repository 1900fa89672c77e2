package io.pipecat.worldmodel.house;

import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.house.DeviceDefinition.Control;
import io.pipecat.worldmodel.state.Topics;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code ontology.yaml}: which places, devices, machines and agents there are. */
public final class OntologyFile {
    private static final long MAX_BYTES = 16 << 20;
    private static final String TOPIC = "an MQTT topic";
    private static final String PROPERTY = "{property}";

    /**
     * What a file says.
     *
     * @param house what there is
     * @param remarks what it says that is not understood or does not fit, a sentence each that names file and line
     */
    public record Ontology(House house, List<String> remarks) {
        /** Copies the list. */
        public Ontology {
            remarks = List.copyOf(remarks);
        }
    }

    private record Referred(String location, String where) {}

    private final List<String> remarks = new ArrayList<>();
    private final List<Location> locations = new ArrayList<>();
    private final Map<String, DeviceDefinition> devices = new LinkedHashMap<>();
    private final List<ClusterNode> nodes = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<Referred> referred = new ArrayList<>();

    private OntologyFile() {}

    /**
     * Reads a file.
     *
     * @param file where it is
     * @return what it says
     * @throws WorldModelException if it cannot be read, or is not what was expected; names file and line
     */
    public static Ontology read(Path file) throws WorldModelException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
                throw new WorldModelException("The ontology " + file + " is larger than 16 MiB.", null);
            }
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new WorldModelException("The ontology " + file + " is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new WorldModelException(
                    "The ontology " + file + " cannot be read: " + e + ". Set ontology_path to a readable YAML file.",
                    e);
        }
    }

    /**
     * Reads a text.
     *
     * @param text YAML
     * @param name what to call it in messages
     * @return what it says
     * @throws WorldModelException if it is not what was expected; names the line
     */
    public static Ontology parse(String text, String name) throws WorldModelException {
        OntologyFile reader = new OntologyFile();
        Optional<YamlNode> root = YamlNode.parse(text, name);
        if (root.isPresent()) {
            reader.root(
                    root.get().object("an ontology with locations, devices, cluster or agents", reader.remarks::add));
        }
        reader.checkReferences();
        House house = new House(reader.locations, reader.devices, reader.nodes, reader.agents);
        return new Ontology(house, reader.remarks);
    }

    private void root(YamlObject root) throws WorldModelException {
        for (YamlNode node : root.list("locations")) {
            location(node.object("a location with id and name", remarks::add));
        }
        for (YamlNode node : root.list("devices")) {
            device(node.object("a device with id, name and type", remarks::add), Optional.empty());
        }
        Optional<YamlNode> cluster = root.find("cluster");
        if (cluster.isPresent()) {
            YamlObject object = cluster.get().object("a cluster with id, name and nodes", remarks::add);
            object.text("id");
            object.text("name");
            for (YamlNode node : object.list("nodes")) {
                nodes.add(node(node));
            }
            object.reportUnknown();
        }
        for (YamlNode node : root.list("agents")) {
            agents.add(agent(node));
        }
        root.reportUnknown();
    }

    private void location(YamlObject object) throws WorldModelException {
        String id = uniqueId(object, "location");
        String name = object.text("name").orElseGet(() -> Names.ofId(id));
        for (YamlNode node : object.list("infrastructure")) {
            device(node.object("a device with id and type", remarks::add), Optional.of(id));
        }
        List<Location.Occupant> occupants = new ArrayList<>();
        for (YamlNode node : object.list("occupants")) {
            occupants.add(occupant(node));
        }
        object.reportUnknown();
        locations.add(new Location(id, name, occupants));
    }

    private Location.Occupant occupant(YamlNode node) throws WorldModelException {
        if (node.isPlain()) {
            return new Location.Occupant(node.plainText(), "person");
        }
        YamlObject object = node.object("an occupant with name and type", remarks::add);
        Location.Occupant occupant = new Location.Occupant(
                object.needText("name"), object.text("type").orElse("person"));
        object.reportUnknown();
        return occupant;
    }

    private void device(YamlObject object, Optional<String> within) throws WorldModelException {
        String id = uniqueId(object, "device");
        if (id.contains("/")) {
            throw object.problem(
                    "the id of a device is one level of a topic, so it has no slash; not " + Topics.shown(id));
        }
        topic(object, "id", "one level of an MQTT topic");
        Optional<String> location = object.text("location_id").or(() -> within);
        location.ifPresent(place -> referred.add(new Referred(place, object.where())));
        Optional<String> stateTopic = topic(object, "state_topic", TOPIC);
        DeviceDefinition definition = new DeviceDefinition(
                id,
                object.text("name").orElseGet(() -> Names.ofId(id)),
                object.text("type").orElse(HouseState.UNKNOWN_TYPE),
                location,
                object.properties("state", HouseState.MAIN),
                stateTopic,
                control(object));
        object.reportUnknown();
        devices.put(id, definition);
    }

    private static Control control(YamlObject object) throws WorldModelException {
        Optional<String> command = topic(object, "command_topic", TOPIC);
        if (object.flag("simulated")) {
            if (command.isPresent()) {
                throw object.problem("a device is either simulated or has a command_topic; keep one of them");
            }
            return new Control.Simulated();
        }
        return command.<Control>map(Control.Topic::new).orElseGet(Control.None::new);
    }

    private static Optional<String> topic(YamlObject object, String key, String what) throws WorldModelException {
        Optional<String> topic = object.text(key);
        if (topic.isPresent()) {
            try {
                Topics.check(topic.get().replace(PROPERTY, "x"));
            } catch (IllegalArgumentException e) {
                throw object.problem(key + " should be " + what + ": "
                        + String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
            }
        }
        return topic;
    }

    private ClusterNode node(YamlNode node) throws WorldModelException {
        if (node.isPlain()) {
            return new ClusterNode(node.plainText(), node.plainText(), "unknown", JsonObject.EMPTY);
        }
        YamlObject object = node.object("a node with id and name", remarks::add);
        String id = uniqueId(object, "node");
        return new ClusterNode(
                id, object.text("name").orElse(id), object.text("status").orElse("unknown"), object.rest());
    }

    private Agent agent(YamlNode node) throws WorldModelException {
        if (node.isPlain()) {
            return new Agent(node.plainText(), node.plainText(), JsonObject.EMPTY);
        }
        YamlObject object = node.object("an agent with id and name", remarks::add);
        String id = uniqueId(object, "agent");
        return new Agent(id, object.text("name").orElse(id), object.rest());
    }

    private String uniqueId(YamlObject object, String kind) throws WorldModelException {
        String id = object.needText("id");
        String first = places.putIfAbsent(kind + " " + id, object.where());
        if (first != null) {
            throw object.problem(
                    "the " + kind + " " + Topics.shown(id) + " is defined already at " + first + "; ids are unique");
        }
        return id;
    }

    private void checkReferences() {
        List<String> known = locations.stream().map(Location::id).toList();
        for (Referred reference : referred) {
            if (!known.contains(reference.location())) {
                remarks.add(reference.where() + ": there is no location " + Topics.shown(reference.location()) + "."
                        + Nearest.hint(reference.location(), known));
            }
        }
    }
}
