package io.pipecat.worldmodel.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.testkit.node.TestNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node knows of its house, and tells and hears of it. */
final class LocalWorldModelTest extends LocalModels {
    @Test
    void tellsTheBrokerWhatIsSo() throws Exception {
        link.connect();
        WorldModel model = model();
        model.update("home/kitchen/temperature", JsonNumber.of(21.5));
        model.update("home/mode", new JsonString("away"));
        model.update("home/mode", new JsonString("away"));
        model.update("home/code", new JsonString("0042"));
        model.update("home/pin", new JsonString("42"));
        model.update("home/nothing", JsonNull.NULL);
        model.remove("home/kitchen/temperature");
        assertEquals(
                List.of(
                        "home/kitchen/temperature=21.5!",
                        "home/mode=away!",
                        "home/mode=away!",
                        "home/code=0042!",
                        "home/pin=\"42\"!",
                        "home/nothing=null!",
                        "home/kitchen/temperature=!"),
                link.published());
        assertEquals(
                json("{\"home\":{\"mode\":\"away\",\"code\":\"0042\",\"pin\":\"42\",\"nothing\":null}}"),
                model.state().toJson());
        assertEquals(Optional.of(new JsonString("away")), model.state().get("home/mode"));
    }

    @Test
    void publishesAsTheSettingsSayButDeletesForGood() throws Exception {
        settings.put("mqtt_retain", "false");
        link.connect();
        WorldModel model = model();
        model.update("a", JsonNumber.of(1));
        model.remove("a");
        assertEquals(List.of("a=1", "a=!"), link.published());
    }

    @Test
    void hearsTheBrokerButNotWhatOthersTellHomeAssistantOrTheBrokerOfItself() throws Exception {
        link.connect();
        WorldModel model = model();
        broker.publish("a/b", "{\"x\":1}", false);
        broker.publish("homeassistant/light/x/config", "{}", false);
        broker.publish("$SYS/uptime", "7", false);
        broker.publish("a/gone", "1", false);
        broker.publish("a/gone", "", true);
        assertEquals(json("{\"a\":{\"b\":{\"x\":1}}}"), model.state().toJson());
        assertEquals(List.of(), link.published());
    }

    @Test
    void hearsWhatIsAskedFor() throws Exception {
        settings.put("mqtt_topic", "homeassistant/#,b/+");
        link.connect();
        WorldModel model = model();
        broker.publish("homeassistant/x", "1", false);
        broker.publish("b/x", "1", false);
        broker.publish("c", "1", false);
        assertEquals(
                json("{\"homeassistant\":{\"x\":1},\"b\":{\"x\":1}}"),
                model.state().toJson());
    }

    @Test
    void twoNodesThatSeeTheSameMessagesEndInTheSameState() throws Exception {
        FakeBroker.Link other = broker.link();
        link.connect();
        other.connect();
        WorldModel one = model();
        WorldModel two = model(TestNode.builder()
                .settings(settings)
                .clock(clock)
                .stateDir(dir.resolve("other"))
                .mqtt(other)
                .build());
        one.update("telemetry/lamp/state", new JsonString("on"));
        two.update("telemetry/lamp/brightness", JsonNumber.of(40));
        broker.publish("telemetry/lamp", "{\"color\":\"red\",\"brightness\":1}", true);
        two.remove("nowhere");
        one.update("telemetry/new/a/b", JsonNumber.of(1));
        assertEquals(one.state().toJson().toString(), two.state().toJson().toString());
        assertEquals(one.state().devices(), two.state().devices());
        assertEquals(
                object("{\"state\":\"on\",\"brightness\":40,\"color\":\"red\"}"),
                device(two, "lamp").state());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderOfDifferentTopicsMakesNoDifference(long seed) throws Exception {
        Random random = new Random(seed);
        List<List<String>> perTopic = new ArrayList<>();
        for (String topic : List.of(
                "telemetry/lamp", "telemetry/lamp/state", "telemetry/lamp/", "stat/plug", "a", "a/", "a/b", "a/b/c")) {
            List<String> messages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                messages.add(topic + "="
                        + List.of("", "1", "on", "{\"state\":\"off\",\"x\":2}", "{\"b\":1}")
                                .get(random.nextInt(5)));
            }
            perTopic.add(messages);
        }
        link.connect();
        WorldModel one = model();
        interleaved(perTopic, random).forEach(this::publish);
        String json = one.state().toJson().toString();
        List<Device> devices = one.state().devices();
        one.close();
        FakeBroker.Link other = broker.link();
        other.connect();
        WorldModel two = model(TestNode.builder()
                .settings(settings)
                .clock(clock)
                .stateDir(dir.resolve("other"))
                .mqtt(other)
                .build());
        interleaved(perTopic, random).forEach(this::publish);
        assertEquals(json, two.state().toJson().toString());
        assertEquals(devices, two.state().devices());
    }

    private void publish(String message) {
        String[] parts = message.split("=", 2);
        broker.publish(parts[0], parts[1], false);
    }

    private static List<String> interleaved(List<List<String>> perTopic, Random random) {
        List<Deque<String>> rest =
                new ArrayList<>(perTopic.stream().map(ArrayDeque::new).toList());
        List<String> all = new ArrayList<>();
        while (!rest.isEmpty()) {
            int next = random.nextInt(rest.size());
            all.add(rest.get(next).remove());
            if (rest.get(next).isEmpty()) {
                rest.remove(next);
            }
        }
        return all;
    }

    @Test
    void aKeptMessageBeatsWhatWasOnDiskButNotWhatWasSaidHereMeanwhile() throws Exception {
        WorldModel before = model(node(false));
        before.update("a", new JsonString("from disk"));
        before.update("b", new JsonString("from disk"));
        before.update("c", new JsonString("from disk"));
        before.close();
        broker.publish("a", "kept", true);
        broker.publish("b", "kept", true);
        WorldModel model = model();
        assertEquals(Optional.of(new JsonString("from disk")), model.state().get("a"));
        model.update("b", new JsonString("newer"));
        link.connect();
        assertEquals(
                json("{\"a\":\"kept\",\"b\":\"newer\",\"c\":\"from disk\"}"),
                model.state().toJson());
        assertEquals("newer", broker.kept().get("b"));
        // From now on others may change it, also while this node is away.
        broker.publish("b", "from others", true);
        assertEquals(Optional.of(new JsonString("from others")), model.state().get("b"));
        link.disconnect();
        broker.publish("b", "while away", true);
        link.connect();
        assertEquals(Optional.of(new JsonString("while away")), model.state().get("b"));
    }

    @Test
    void saysHowOldItIsWhileTheBrokerIsAway() throws Exception {
        link.connect();
        WorldModel model = model();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(clock.instant(), model.state().asOf());
        link.disconnect();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(clock.instant().minus(Duration.ofMinutes(1)), model.state().asOf());
        link.connect();
        assertEquals(clock.instant(), model.state().asOf());
    }

    @Test
    void routesTelemetryToDevices() throws Exception {
        link.connect();
        WorldModel model = model();
        assertEquals(
                object("{\"state\":\"off\",\"brightness\":10}"),
                device(model, "lamp").state());
        broker.publish("telemetry/lamp", "on", false);
        assertEquals(
                object("{\"state\":\"on\",\"brightness\":10}"),
                device(model, "lamp").state());
        broker.publish("telemetry/lamp/brightness", "80", false);
        broker.publish("telemetry/lamp/energy/today", "1.5", false);
        assertEquals(
                object("{\"state\":\"on\",\"brightness\":80,\"energy\":{\"today\":1.5}}"),
                device(model, "lamp").state());
        broker.publish("stat/plug", "{\"state\":\"on\"}", false);
        assertEquals(object("{\"state\":\"on\"}"), device(model, "plug").state());
        broker.publish("telemetry/unknown_thing/x", "1", false);
        Device unknown = device(model, "unknown_thing");
        assertEquals("Unknown thing", unknown.name());
        assertFalse(unknown.commandable());
        assertEquals(
                List.of("lamp", "plug", "meter", "toy", "unknown_thing"),
                model.state().devices().stream().map(Device::id).toList());
        assertEquals(Optional.empty(), model.state().device("nothing"));
    }

    @Test
    void refusesTopicsThatAreNone() throws Exception {
        WorldModel model = model();
        for (String topic : Arrays.asList("", "a/+", "#", "$SYS/x", "a\u0000", "x".repeat(65_536))) {
            assertThrows(IllegalArgumentException.class, () -> model.update(topic, JsonNull.NULL), topic);
            assertThrows(IllegalArgumentException.class, () -> model.remove(topic), topic);
        }
        assertThrows(IllegalArgumentException.class, () -> model.watch("a/#/b", change -> {}));
        assertEquals(JsonObject.EMPTY, model.state().toJson());
    }

    @Test
    void watchesWithWildcards() throws Exception {
        BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
        link.connect();
        WorldModel model = model();
        model.watch("telemetry/+/state", changes::add);
        broker.publish("telemetry/lamp/state", "on", false);
        model.update("telemetry/plug/state", new JsonString("off"));
        model.update("telemetry/plug/other", new JsonString("off"));
        assertEquals("telemetry/lamp/state", change(changes).topic());
        assertEquals(
                new StateChange(
                        "telemetry/plug/state", Optional.empty(), Optional.of(new JsonString("off")), clock.instant()),
                change(changes));
    }

    private static StateChange change(BlockingQueue<StateChange> changes) throws InterruptedException {
        StateChange change = changes.poll(20, TimeUnit.SECONDS);
        assertTrue(change != null, "no change came");
        return change;
    }

    @Test
    void surfacesAFloodInsteadOfDyingOfIt() throws Exception {
        settings.put("world_max_topics", "10");
        TestNode node = node(true);
        link.connect();
        WorldModel model = model(node);
        for (int i = 0; i < 1_000; i++) {
            broker.publish("flood/" + i, "1", true);
        }
        broker.publish("flood/3", "2", false);
        assertEquals(Optional.of(JsonNumber.of(2)), model.state().get("flood/3"));
        assertEquals(10.0, node.metrics().shown("pipecat_world_topics", Map.of()));
        assertEquals(990, node.metrics().counted("pipecat_world_refused_total", Map.of("reason", "topics")));
        assertTrue(assertThrows(WorldModelException.class, () -> model.update("more", JsonNull.NULL))
                .getMessage()
                .contains("world_max_topics"));
        settings.put("world_max_mib", "1");
    }

    @Test
    void keepsMemoryBounded() throws Exception {
        settings.put("world_max_mib", "1");
        TestNode node = node(true);
        link.connect();
        WorldModel model = model(node);
        byte[] large = new byte[300_000];
        Arrays.fill(large, (byte) 'x');
        for (int i = 0; i < 20; i++) {
            broker.publish("large/" + i, large, false);
        }
        assertTrue(node.metrics().shown("pipecat_world_bytes", Map.of()) <= 1 << 20);
        assertEquals(17, node.metrics().counted("pipecat_world_refused_total", Map.of("reason", "memory")));
        broker.publish("small", new byte[(16 << 20) + 1], false);
        assertEquals(1, node.metrics().counted("pipecat_world_refused_total", Map.of("reason", "payload")));
        assertEquals(Optional.empty(), model.state().get("small"));
    }

    @Test
    void takesAnyTopicAndPayload() throws Exception {
        link.connect();
        WorldModel model = model();
        broker.publish("/".repeat(65_535), "1", false);
        broker.publish("a" + "/é".repeat(21_844), "2", false);
        broker.publish("a", "3", false);
        broker.publish("//", "{\"half\":", false);
        broker.publish("telemetry/", "on", false);
        broker.publish("telemetry", "on", false);
        broker.publish("telemetry//x", "on", false);
        broker.publish("binary", new byte[] {0, (byte) 0xff, (byte) 0xc3}, false);
        assertEquals(Optional.of(JsonNumber.of(1)), model.state().get("/".repeat(65_535)));
        assertEquals(
                Optional.of(new JsonString("\u0000\uFFFD\uFFFD")), model.state().get("binary"));
        assertEquals(model.state().toJson(), json(model.state().toJson().toString()));
        // A level without a name is no device that anybody could speak of.
        assertEquals(4, model.state().devices().size());
        assertEquals(Optional.empty(), model.state().device(""));
        model.close();
        WorldModel again = model(node(false));
        assertEquals(model.state().toJson(), again.state().toJson());
    }

    @Test
    void sharesWhatItMadeWhileNothingChanges() throws Exception {
        WorldModel model = model();
        model.update("a", JsonNumber.of(1));
        assertSame(model.state().toJson(), model.state().toJson());
        assertSame(model.state().devices(), model.state().devices());
        model.update("a", JsonNumber.of(1));
        assertSame(model.state().toJson(), model.state().toJson());
    }

    @Test
    void withoutAClusterThereIsNowhereToRunAJob() throws Exception {
        WorldModel model = model();
        model.refresh();
        String message = assertThrows(
                        WorldModelException.class, () -> model.dispatch(new JobRequest("m", "p", 1, 1, 0, "")))
                .getMessage();
        assertTrue(message.contains("nomad_addr"), message);
    }
}
