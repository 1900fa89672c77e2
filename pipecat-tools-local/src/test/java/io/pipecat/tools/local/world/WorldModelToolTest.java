package io.pipecat.tools.local.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.testkit.node.TestWorld;
import io.pipecat.tools.local.Calls;
import io.pipecat.tools.local.LocalToolsProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldModelToolTest {
    private final TestWorld world = Houses.world("demo-house.txt");
    private final Tool tool = tool(world);

    private static Tool tool(TestWorld world) {
        return Tool.annotated(new WorldModelTool(world, Clock.fixed(TestNode.NOW, ZoneOffset.UTC)));
    }

    private static JsonObject arguments(String... namesAndValues) {
        JsonObject.Builder arguments = JsonObject.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments.build();
    }

    private String command(String target, String state) throws Exception {
        return Calls.call(tool, "command", arguments("target", target, "state", state))
                .toString();
    }

    private String refusal(String target, String state) {
        return Calls.failure(tool, "command", arguments("target", target, "state", state));
    }

    private JsonObject change(String device) {
        return world.commands().stream()
                .filter(command -> command.device().equals(device))
                .map(TestWorld.Command::change)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private Set<String> commanded() {
        return world.commands().stream().map(TestWorld.Command::device).collect(Collectors.toSet());
    }

    private Set<String> commanded(String target, String state) throws Exception {
        world.commands().clear();
        command(target, state);
        return commanded();
    }

    @Test
    void tellsNothingAsKnownThatNobodyHasTold() {
        world.setAsOf(Instant.EPOCH);
        Tool early = Tool.annotated(
                new WorldModelTool(world, Clock.fixed(TestNode.NOW, ZoneOffset.UTC), Duration.ofMillis(1)));

        for (String failure : List.of(
                Calls.failure(early, "query", arguments("target", "kitchen light")),
                Calls.failure(early, "get_device", arguments("id", "kitchen_light")),
                Calls.failure(early, "get_contextual_relationships", arguments("device_id", "kitchen_light")),
                Calls.failure(early, "get_state", JsonObject.EMPTY))) {
            assertTrue(failure.contains("Nothing has been heard of the house yet"), failure);
        }
    }

    @Test
    void waitsForTheFirstWordOfTheHouse() throws Exception {
        world.setAsOf(Instant.EPOCH);
        Tool patient = Tool.annotated(
                new WorldModelTool(world, Clock.fixed(TestNode.NOW, ZoneOffset.UTC), Duration.ofMinutes(1)));
        Thread.startVirtualThread(() -> {
            while (!world.isWatched()) {
                Thread.onSpinWait();
            }
            world.setAsOf(TestNode.NOW);
            world.put(world.state().devices().getFirst());
        });

        assertTrue(Calls.call(patient, "query", arguments("target", "kitchen light"))
                .toString()
                .contains("devices"));
    }

    @Test
    void aValueThatIsTooLongIsRefusedInWords() {
        for (String part : List.of("to ", "set to ", "1", "x ", "°")) {
            String refusal = refusal("kitchen light", part.repeat(20_000) + "40%");
            assertTrue(refusal.contains("characters"), refusal);
        }
        String refusal = Calls.failure(tool, "get_device", arguments("id", "the ".repeat(50_000) + "light"));
        assertTrue(refusal.contains("characters"), refusal);
    }

    @Test
    void isLightAndOffersTheMethodsThatClustersKnow() {
        assertEquals(Placement.LIGHT, tool.spec().placement());
        assertEquals(
                "command, dispatch_job, get_available_compute, get_contextual_relationships, get_device, get_state,"
                        + " query, refresh_state, update_state",
                tool.spec().methods().stream().map(MethodSpec::name).collect(Collectors.joining(", ")));
        assertEquals(
                List.of("dispatch_job"),
                tool.spec().methods().stream()
                        .filter(MethodSpec::sensitive)
                        .map(MethodSpec::name)
                        .toList());
        MethodSpec command = tool.spec().methods().getFirst();
        assertEquals(List.of("target", "state", "property"), command.parameterNames());
        assertEquals(
                "[\"target\",\"state\"]",
                command.parameters().array("required").orElseThrow().toString());
    }

    @Test
    void tellsTheStateOfWhatWasMeant() throws Exception {
        assertEquals(
                "{\"devices\":[{\"id\":\"kitchen_light\",\"name\":\"Kitchen light\",\"room\":\"Kitchen\",\"type\":\"light\","
                        + "\"state\":{\"state\":\"off\"}}]}",
                Calls.call(tool, "query", arguments("target", "the kitchen lamp"))
                        .toString());
    }

    @Test
    void tellsWhatIsUnconfirmedAndOld() throws Exception {
        Device lamp = new Device(
                "l",
                "Lamp",
                "light",
                Optional.empty(),
                JsonObject.of("state", "on"),
                Set.of("state", "brightness"),
                true);
        TestWorld away = new TestWorld(List.of(), List.of(lamp));
        away.setAsOf(TestNode.NOW.minus(Duration.ofMinutes(5)));
        assertEquals(
                "{\"devices\":[{\"id\":\"l\",\"name\":\"Lamp\",\"type\":\"light\",\"state\":{\"state\":\"on\"},"
                        + "\"assumed\":[\"brightness\",\"state\"]}],\"as_of\":\"2026-11-22T11:55:00Z\"}",
                Calls.call(tool(away), "query", arguments("target", "lamp")).toString());
    }

    @Test
    void tellsWhatItKnowsAndWhatIsNotClear() throws Exception {
        JsonObject answer = Calls.object(tool, "query", arguments("target", "TV and the toaster"));
        assertEquals(1, answer.array("devices").orElseThrow().size());
        assertEquals(
                "[{\"name\":\"the toaster\",\"error\":\"There is no \\\"toaster\\\" here; the nearest is \\\"TV\\\".\"}]",
                answer.array("failed").orElseThrow().toString());
        assertEquals(
                "Which one is meant: \"Front door\" or \"Garage door\"?",
                Calls.failure(tool, "query", arguments("target", "the door")));
    }

    @Test
    void isThereWhereTheNodeHasAWorldModel(@TempDir Path state) throws Exception {
        TestNode.Builder node = TestNode.builder().stateDir(state);
        assertFalse(offered(node.build()).contains("world_model"));
        assertTrue(offered(node.worldModel(world).build()).contains("world_model"));
    }

    private static List<String> offered(TestNode node) throws ToolException {
        try (ToolSource source = new LocalToolsProvider().create(node)) {
            return source.tools().stream().map(t -> t.spec().name()).toList();
        }
    }

    @Test
    void commandsWhatWasMeant() throws Exception {
        assertEquals(
                "{\"devices\":[{\"id\":\"kitchen_light\",\"name\":\"Kitchen light\",\"state\":\"on\"}],\"status\":\"confirmed\"}",
                command("the kitchen light", "turn on"));
        assertEquals("{\"state\":\"on\"}", change("kitchen_light").toString());
        world.answerWith(CommandResult.Status.SENT);
        assertEquals(
                "{\"devices\":[{\"id\":\"kitchen_light\",\"name\":\"Kitchen light\",\"state\":\"40%\"}],\"status\":\"sent\"}",
                command("kitchen light", "40%"));
        assertEquals(
                "{\"state\":\"on\",\"brightness\":40}", change("kitchen_light").toString());
        Calls.call(tool, "command", arguments("target", "thermostat", "state", "21", "property", "temperature"));
        assertEquals("{\"temperature\":21}", change("thermostat").toString());
    }

    @Test
    void saysWhatCannotBeAndCommandsNothing() {
        assertEquals(
                "\"Kitchen light\" can be on or off, or a brightness in %; not \"locked\".",
                refusal("kitchen light", "locked"));
        assertEquals("Which one is meant: \"Front door\" or \"Garage door\"?", refusal("door", "closed"));
        assertEquals(
                "There is no \"kitchen toaster\" here; the nearest is \"Kitchen light\".",
                refusal("kitchen toaster", "on"));
        assertTrue(refusal("kitchen light", " ").startsWith("What is wanted?"));
        assertTrue(world.commands().isEmpty());
    }

    @Test
    void aDeviceThatTakesNoCommandsSaysSo() {
        Device sensor = new Device("s", "Hall sensor", "sensor", Optional.empty(), JsonObject.EMPTY, Set.of(), false);
        TestWorld sensing = new TestWorld(List.of(), List.of(sensor));
        assertEquals(
                "\"Hall sensor\" takes no commands.",
                Calls.failure(tool(sensing), "command", arguments("target", "hall sensor", "state", "on")));
    }

    @Test
    void whatFailsIsToldBesideWhatWasDone() throws Exception {
        world.breakOff("hall_light");
        assertEquals(
                "{\"devices\":[{\"id\":\"kitchen_light\",\"name\":\"Kitchen light\",\"state\":\"off\"}],"
                        + "\"failed\":[{\"name\":\"Hall light\",\"error\":\"The device hall_light cannot be reached.\"}],"
                        + "\"status\":\"confirmed\"}",
                command("kitchen light and hall light", "off"));
        assertEquals("The device hall_light cannot be reached.", refusal("hall light", "off"));
        JsonObject partly =
                Calls.object(tool, "command", arguments("target", "kitchen light and thermostat", "state", "40%"));
        assertEquals(
                "[{\"name\":\"Thermostat\",\"error\":\"\\\"Thermostat\\\" can be on or off, or a temperature from 5 to 35 °C; not"
                        + " \\\"40%\\\".\"}]",
                partly.array("failed").orElseThrow().toString());
    }

    @Test
    void aRoomMeansWhatCanDoIt() throws Exception {
        assertEquals(Set.of("kitchen_light", "coffee_machine"), commanded("the kitchen", "off"));
        assertEquals(Set.of("kitchen_light"), commanded("the kitchen", "on"));
        assertEquals(Set.of("kitchen_light", "coffee_machine"), commanded("everything in the kitchen", "on"));
        assertEquals(Set.of("bedroom_light"), commanded("the bedroom", "40%"));
        assertEquals(Set.of("bedroom_blinds"), commanded("the bedroom", "closed"));
        assertEquals(Set.of("thermostat"), commanded("hall", "20 °C"));
        assertEquals(Set.of("bedroom_blinds", "garage_door", "front_door"), commanded("everything", "closed"));
        assertEquals(
                Set.of(
                        "kitchen_light",
                        "living_room_light",
                        "reading_lamp",
                        "bedroom_light",
                        "hall_light",
                        "garden_lights"),
                commanded("all lights", "red"));
    }

    @Test
    void doorsAreOpenedOnlyByName() throws Exception {
        JsonObject answer = Calls.object(tool, "command", arguments("target", "everything", "state", "open"));
        assertEquals(Set.of("bedroom_blinds"), commanded());
        assertEquals(
                "[{\"name\":\"Garage door\",\"error\":\"\\\"Garage door\\\" is opened only if it is named, not along with a room or"
                        + " everything.\"}]",
                answer.array("failed").orElseThrow().toString());
        assertTrue(refusal("the hall", "unlocked").contains("only if it is named"));
        assertEquals(Set.of("front_door"), commanded("front door", "unlocked"));
        assertEquals(Set.of("front_door"), commanded("all locks", "unlocked"));
        assertEquals(Set.of("garage_door"), commanded("garage door", "open"));
    }

    @Test
    void tellsAboutOneDeviceByIdAndName() throws Exception {
        assertEquals(
                "TV",
                Calls.object(tool, "get_device", arguments("id", "tv"))
                        .string("name")
                        .orElseThrow());
        assertEquals(
                "kitchen_light",
                Calls.object(tool, "get_device", arguments("id", "kitchen light"))
                        .string("id")
                        .orElseThrow());
        assertTrue(Calls.failure(tool, "get_device", arguments("id", "lights")).contains("6 devices"));
        assertTrue(
                Calls.failure(tool, "get_device", arguments("id", "attic fan")).contains("the nearest is"));
    }

    @Test
    void tellsWhatADeviceStandsInRelationTo() throws Exception {
        Location office = new Location("office", "Office", List.of(new Location.Occupant("Ada", "person")));
        Device desk = new Device(
                "desk", "Desk", "light", Optional.of("office"), JsonObject.of("state", "on"), Set.of(), true);
        Tool own = tool(new TestWorld(List.of(office), List.of(desk)));
        assertEquals(
                "{\"device\":{\"id\":\"desk\",\"name\":\"Desk\",\"room\":\"Office\",\"type\":\"light\",\"state\":{\"state\":\"on\"}},"
                        + "\"location\":{\"id\":\"office\",\"name\":\"Office\",\"occupants\":[{\"name\":\"Ada\",\"type\":\"person\"}]},"
                        + "\"available_compute\":[{\"cpu\":\"x86\",\"id\":\"n1\",\"name\":\"core\",\"status\":\"ready\"}]}",
                Calls.call(own, "get_contextual_relationships", arguments("device_id", "desk"))
                        .toString());
    }

    @Test
    void tellsEverythingAndTheMachines() throws Exception {
        world.update("home", new JsonString("warm"));
        assertEquals(
                "{\"home\":\"warm\"}",
                Calls.call(tool, "get_state", JsonObject.EMPTY).toString());
        JsonArray machines = (JsonArray) Calls.call(tool, "get_available_compute", JsonObject.EMPTY);
        assertEquals(1, machines.size());
        assertEquals(
                "{\"nodes\":2,\"agents\":1}",
                Calls.call(tool, "refresh_state", JsonObject.EMPTY).toString());
        world.breakOff("cluster");
        assertEquals("Nomad cannot be reached.", Calls.failure(tool, "refresh_state", JsonObject.EMPTY));
    }

    @Test
    void recordsWhatIsSoButNotOverPatterns() throws Exception {
        JsonObject note = arguments("topic", "home/kitchen/note", "payload", "warm");
        assertEquals(
                "{\"topic\":\"home/kitchen/note\",\"status\":\"updated\"}",
                Calls.call(tool, "update_state", note).toString());
        assertEquals(new JsonString("warm"), world.updates().get("home/kitchen/note"));
        for (String topic : List.of("", "home/#", "home/+/x", "$SYS/x")) {
            assertTrue(Calls.failure(tool, "update_state", arguments("topic", topic, "payload", "x"))
                    .contains("no topic to write to"));
        }
        assertEquals(1, world.updates().size());
    }

    @Test
    void dispatchesJobs() throws Exception {
        assertEquals(
                "{\"DispatchedJobID\":\"llama/1\"}",
                Calls.call(tool, "dispatch_job", arguments("model_name", "llama", "prompt", "hi"))
                        .toString());
        JsonObject none = arguments("model_name", "llama", "prompt", "hi").toBuilder()
                .put("cpu", 0)
                .build();
        ToolException e = assertThrows(ToolException.class, () -> Calls.call(tool, "dispatch_job", none));
        assertTrue(e.getMessage().contains("at least 1"), e.getMessage());
    }
}
