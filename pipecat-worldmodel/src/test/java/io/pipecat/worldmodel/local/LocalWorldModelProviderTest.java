package io.pipecat.worldmodel.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.api.world.WorldModelProvider;
import io.pipecat.testkit.node.TestNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalWorldModelProviderTest {
    @TempDir
    private Path dir;

    private final LocalWorldModelProvider provider = new LocalWorldModelProvider();

    private TestNode.Builder node() {
        return TestNode.builder().stateDir(dir);
    }

    @Test
    void isFound() {
        assertTrue(ServiceLoader.load(WorldModelProvider.class).stream()
                .anyMatch(found -> found.type() == LocalWorldModelProvider.class));
        assertEquals("local", provider.name());
    }

    @Test
    void aNodeWithoutAnythingHasADemoHouse() throws Exception {
        try (WorldModel model = provider.create(node().build(), List.of())) {
            assertEquals("demo house, nothing real, 12 devices", model.description());
            List<Device> devices = model.state().devices();
            assertTrue(devices.stream().allMatch(Device::commandable));
            assertEquals(
                    CommandResult.Status.CONFIRMED,
                    model.command("kitchen_light", JsonObject.of("state", "on")).status());
            model.command("bedroom_blinds", JsonObject.of("state", "closed"));
            assertEquals(
                    "{\"state\":\"closed\",\"position\":0}",
                    model.state().device("bedroom_blinds").orElseThrow().state().toString());
        }
        // It is as it was left.
        try (WorldModel model = provider.create(node().build(), List.of())) {
            assertEquals(
                    Optional.of("on"),
                    model.state().device("kitchen_light").orElseThrow().state().string("state"));
        }
        // Nothing of it is left where there is something real.
        try (WorldModel model =
                provider.create(node().mqtt(new FakeBroker().link()).build(), List.of())) {
            assertEquals(List.of(), model.state().devices());
            assertEquals(List.of(), model.state().locations());
            assertEquals("no ontology, 0 devices, mqtt://fake", model.description());
        }
        try (WorldModel model = provider.create(node().build(), List.of(new FakeSystem()))) {
            assertEquals(List.of(), model.state().devices());
        }
        try (WorldModel model =
                provider.create(node().mode(DeploymentMode.DISTRIBUTED).build(), List.of())) {
            assertEquals(List.of(), model.state().devices());
        }
    }

    @Test
    void anOntologyThatIsNamedMustBeThere() {
        TestNode node = node().settings(
                        Map.of("ontology_path", dir.resolve("none.yaml").toString()))
                .build();
        String message = assertThrows(WorldModelException.class, () -> provider.create(node, List.of()))
                .getMessage();
        assertTrue(message.contains("none.yaml") && message.contains("ontology_path"), message);
    }

    @Test
    void aBrokenOntologyStopsTheNodeWithFileAndLine() throws Exception {
        Path file = dir.resolve("o.yaml");
        Files.writeString(file, "locations:\n  - name: Kitchen\n");
        TestNode node =
                node().settings(Map.of("ontology_path", file.toString())).build();
        assertEquals(
                file + ":2: expected id here, which is missing.",
                assertThrows(WorldModelException.class, () -> provider.create(node, List.of()))
                        .getMessage());
    }

    @Test
    void aFileThatIsNoStateIsSetAside() throws Exception {
        Path folder = Files.createDirectories(dir.resolve("world"));
        Files.writeString(folder.resolve("state.mv"), "this is no store\n".repeat(1000));
        TestNode node = node().mqtt(new FakeBroker().link()).build();
        try (WorldModel model = provider.create(node, List.of())) {
            model.update("a", new JsonString("b"));
            assertEquals(1, node.events().size());
            assertTrue(node.events().getFirst().message().contains("set aside"));
            try (var files = Files.list(folder)) {
                assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("state.mv.broken-")));
            }
        }
        try (WorldModel model = provider.create(node, List.of())) {
            assertEquals("{\"a\":\"b\"}", model.state().toJson().toString());
        }
    }

    @Test
    void aCommandBesideARunningNodeReadsItsStateAndWritesNothing() throws Exception {
        try (WorldModel model = provider.create(node().build(), List.of())) {
            model.command("kitchen_light", JsonObject.of("state", "on"));
        }
        TestNode second = node().build();
        try (WorldModel model = provider.create(node().build(), List.of())) {
            try (WorldModel beside = provider.create(second, List.of())) {
                assertEquals(
                        Optional.of("on"),
                        beside.state()
                                .device("kitchen_light")
                                .orElseThrow()
                                .state()
                                .string("state"));
                beside.command("kitchen_light", JsonObject.of("state", "off"));
                beside.update("only/here", new JsonString("x"));
            }
            assertTrue(second.events().getFirst().message().contains("Another process"), "" + second.events());
            model.update("a", new JsonString("b"));
        }
        try (WorldModel model = provider.create(node().build(), List.of())) {
            assertEquals(
                    Optional.of("on"),
                    model.state().device("kitchen_light").orElseThrow().state().string("state"));
            assertEquals(Optional.of(new JsonString("b")), model.state().get("a"));
            assertEquals(Optional.empty(), model.state().get("only/here"));
        }
    }

    @Test
    void besideANodeThatHasWrittenNothingYetThereIsNothing() throws Exception {
        try (WorldModel model = provider.create(node().build(), List.of());
                WorldModel beside = provider.create(node().build(), List.of())) {
            assertEquals(model.state().devices(), beside.state().devices());
        }
    }

    @Test
    void aFolderThatCannotBeMadeStopsTheNode() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "x");
        String message = assertThrows(
                        WorldModelException.class,
                        () -> provider.create(TestNode.builder().stateDir(file).build(), List.of()))
                .getMessage();
        assertTrue(message.contains("state_dir"), message);
    }
}
