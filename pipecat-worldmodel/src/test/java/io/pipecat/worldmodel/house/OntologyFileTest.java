package io.pipecat.worldmodel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.Json;
import io.pipecat.worldmodel.house.DeviceDefinition.Control;
import io.pipecat.worldmodel.house.OntologyFile.Ontology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OntologyFileTest {
    @TempDir
    private Path dir;

    @Test
    void readsWhatThePredecessorWrote() throws Exception {
        Ontology ontology = OntologyFile.parse("""
                locations:
                  - id: living_room
                    name: Living Room
                    infrastructure:
                      - id: lamp_1
                        type: light
                        state: off
                        location_id: living_room
                      - id: sensor_1
                        type: temperature_sensor
                        state: {value: 21.5, unit: C}
                    occupants:
                      - name: Alice
                        type: person
                      - Tom
                cluster:
                  id: home
                  name: Home cluster
                  nodes: [core1, {id: mid1, name: Mid, status: ready, cpu: 8000}]
                agents:
                  - planner
                  - {id: router, name: Router, url: "http://core:8080"}
                devices:
                  - {id: vacuum-cleaner}
                """, "o.yaml");
        assertEquals(List.of(), ontology.remarks());
        House house = ontology.house();
        assertEquals(
                List.of(new Location(
                        "living_room",
                        "Living Room",
                        List.of(new Location.Occupant("Alice", "person"), new Location.Occupant("Tom", "person")))),
                house.locations());
        assertEquals(
                List.of("lamp_1", "sensor_1", "vacuum-cleaner"),
                List.copyOf(house.devices().keySet()));
        DeviceDefinition lamp = house.devices().get("lamp_1");
        assertEquals("Lamp 1", lamp.name());
        assertEquals(Optional.of("living_room"), lamp.location());
        assertEquals("{\"state\":\"off\"}", lamp.state().toString());
        assertEquals(new Control.None(), lamp.control());
        DeviceDefinition sensor = house.devices().get("sensor_1");
        assertEquals("{\"value\":21.5,\"unit\":\"C\"}", sensor.state().toString());
        assertEquals(Optional.of("living_room"), sensor.location());
        assertEquals("Vacuum cleaner", house.devices().get("vacuum-cleaner").name());
        assertEquals(
                List.of(
                        new ClusterNode("core1", "core1", "unknown", Json.parseObject("{}")),
                        new ClusterNode("mid1", "Mid", "ready", Json.parseObject("{\"cpu\":8000}"))),
                house.nodes());
        assertEquals(
                List.of(
                        new Agent("planner", "planner", Json.parseObject("{}")),
                        new Agent("router", "Router", Json.parseObject("{\"url\":\"http://core:8080\"}"))),
                house.agents());
    }

    @Test
    void readsJsonToo() throws Exception {
        assertEquals(
                new Control.Topic("a/{property}"),
                OntologyFile.parse("{\"devices\":[{\"id\":\"a\",\"command_topic\":\"a/{property}\"}]}", "o.json")
                        .house()
                        .devices()
                        .get("a")
                        .control());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "null", "locations:\ndevices:\ncluster:\nagents:\n", "locations: []"})
    void anEmptyOneIsAnEmptyHouse(String text) throws Exception {
        assertEquals(House.EMPTY, OntologyFile.parse(text, "o.yaml").house());
    }

    @Test
    void remarksOnWhatItDoesNotUnderstand() throws Exception {
        Ontology ontology = OntologyFile.parse("""
                locations:
                  - {id: hall, name: Hall, colour: red}
                devices:
                  - id: lamp
                    comand_topic: x
                    location_id: hal
                rooms: []
                """, "o.yaml");
        assertEquals(
                List.of(
                        "o.yaml:2: \"colour\" means nothing here.",
                        "o.yaml:5: \"comand_topic\" means nothing here. Did you mean 'command_topic'?",
                        "o.yaml:7: \"rooms\" means nothing here.",
                        "o.yaml:4: there is no location \"hal\". Did you mean 'hall'?"),
                ontology.remarks());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "just text | o.yaml:1: expected an ontology with locations, devices, cluster or agents, not the plain value \"just text\".",
                "[] | o.yaml:1: expected an ontology with locations, devices, cluster or agents, not a list.",
                "locations: {id: a} | o.yaml:1: expected a list of locations, not an object.",
                "devices:~- lamp | o.yaml:2: expected a device with id, name and type, not the plain value \"lamp\".",
                "devices:~- {id: a}~- {id: a} | o.yaml:3: the device \"a\" is defined already at o.yaml:2; ids are unique.",
                "devices:~- {id: a/b} | o.yaml:2: the id of a device is one level of a topic, so it has no slash; not \"a/b\".",
                "devices:~- {id: 'a+'} | o.yaml:2: id should be one level of an MQTT topic: The topic \"a+\" holds + or #, which are wildcards of a filter; a topic to tell of has neither.",
                "devices:~- {id: a, name: [x]} | o.yaml:2: expected a text for name, not a list.",
                "devices:~- {id: a, simulated: maybe} | o.yaml:2: expected true or false for simulated, not the plain value \"maybe\".",
                "devices:~- {id: a, simulated: true, command_topic: x} | o.yaml:2: a device is either simulated or has a command_topic; keep one of them.",
                "devices:~- {id: a, command_topic: 'x/#'} | o.yaml:2: command_topic should be an MQTT topic: The topic \"x/#\" holds + or #, which are wildcards of a filter; a topic to tell of has neither.",
                "devices:~- {id: a, id: b} | o.yaml:2: \"id\" stands twice in one object.",
                "devices:~- {name: a} | o.yaml:2: expected id here, which is missing.",
                "devices:~- &x {id: a, state: {s: *x}} | o.yaml:2: nested more than 32 levels deep, or contains itself.",
                "cluster: [] | o.yaml:1: expected a cluster with id, name and nodes, not a list.",
            })
    void saysWhereItIsWrongAndWhatWasExpected(String text, String message) {
        assertEquals(
                message,
                assertThrows(WorldModelException.class, () -> OntologyFile.parse(text.replace('~', '\n'), "o.yaml"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "\tx: 1", "a: *b", "a: 1\na: \"\\q\"", "--- a\n--- b"})
    void saysWhereItIsNotYaml(String text) {
        String message = assertThrows(WorldModelException.class, () -> OntologyFile.parse(text, "o.yaml"))
                .getMessage();
        assertTrue(message.matches("(?s)o\\.yaml:\\d+ is not valid YAML: .*"), message);
    }

    @Test
    void saysWhyItCannotBeRead() throws Exception {
        assertTrue(assertThrows(WorldModelException.class, () -> OntologyFile.read(dir))
                .getMessage()
                .contains(dir.toString()));
        Path latin = Files.write(dir.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9, '\n'});
        assertEquals(
                "The ontology " + latin + " is not UTF-8 text.",
                assertThrows(WorldModelException.class, () -> OntologyFile.read(latin))
                        .getMessage());
    }
}
