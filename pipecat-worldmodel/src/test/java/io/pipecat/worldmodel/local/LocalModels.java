package io.pipecat.worldmodel.local;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A house with a broker beside it that a test speaks for. */
abstract class LocalModels {
    private static final String ONTOLOGY = """
            locations:
              - {id: kitchen, name: Kitchen}
            devices:
              - {id: lamp, name: Lamp, type: light, location_id: kitchen, state: {state: "off", brightness: 10}, command_topic: lamps/lamp/set}
              - {id: plug, type: switch, command_topic: "cmnd/plug/{property}", state_topic: stat/plug}
              - {id: meter, type: sensor}
              - {id: toy, type: light, simulated: true}
            """;

    @TempDir
    Path dir;

    final MovingClock clock = new MovingClock();
    /** Another one where a test moves them apart. */
    MovingClock steadyClock = clock;

    final FakeBroker broker = new FakeBroker();
    final FakeBroker.Link link = broker.link();
    final FakeSystem system = new FakeSystem();
    final Map<String, String> settings = new HashMap<>();
    private final List<WorldModel> models = new ArrayList<>();

    @BeforeEach
    void writeOntology() throws IOException {
        Path file = dir.resolve("house.yaml");
        Files.writeString(file, ONTOLOGY);
        settings.put("ontology_path", file.toString());
    }

    @AfterEach
    void closeModels() {
        models.forEach(WorldModel::close);
    }

    WorldModel model() throws WorldModelException, InterruptedException {
        return model(node(true));
    }

    TestNode node(boolean withBroker) {
        TestNode.Builder builder = TestNode.builder()
                .settings(settings)
                .clock(clock)
                .steadyClock(steadyClock)
                .stateDir(dir.resolve("state"));
        return (withBroker ? builder.mqtt(link) : builder).build();
    }

    WorldModel model(TestNode node, WorldConnector... connectors) throws WorldModelException, InterruptedException {
        WorldModel model = new LocalWorldModelProvider().create(node, List.of(connectors));
        models.add(model);
        return model;
    }

    static JsonValue json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    static JsonObject object(String text) {
        return (JsonObject) json(text);
    }

    static Device device(WorldModel model, String id) {
        return model.state().device(id).orElseThrow();
    }
}
