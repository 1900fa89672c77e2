package io.pipecat.homeassistant.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.testkit.node.TestWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiscoveryTest {
    private static final String CONFIG = "homeassistant/device/pipecat_test-%s/config";
    private static final String STATE = "homeassistant/pipecat/pipecat_test-%s/state";
    private static final String NODE = "homeassistant/device/pipecat_test/config";

    private final Path folder;
    private final FakeLink link = new FakeLink();
    private final TestWorld world = new TestWorld(
            List.of(new Location("office", "Office", List.of())),
            List.of(
                    device("desk", "light", "{'state':'on','brightness':40}"),
                    device("blind", "blind", "{'state':'open','position':70}"),
                    device("door", "lock", "{'state':'locked'}"),
                    device("heat", "thermostat", "{'state':'heat','temperature':21}"),
                    device("plug", "switch", "{'state':'off'}"),
                    device("radio", "media_player", "{'state':'playing','volume':30}"),
                    device("light.imported", "light", "{'state':'on'}")));
    private Discovery discovery;

    DiscoveryTest(@TempDir Path folder) {
        this.folder = folder;
        this.discovery = discovery(folder, link, "*");
    }

    private static Device device(String id, String type, String state) {
        return new Device(id, "The " + id, type, Optional.of("office"), json(state), Set.of(), !type.equals("sensor"));
    }

    private static JsonObject json(String text) {
        return parsed(text.replace('\'', '"'));
    }

    private static JsonObject parsed(String text) {
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Discovery discovery(Path folder, FakeLink link, String... devices) {
        TestNode node = TestNode.builder().stateDir(folder).mqtt(link).build();
        return new Discovery(node, link, new DiscoveryOptions("homeassistant", List.of(devices), Duration.ofMillis(1)));
    }

    private void start() {
        startUntil("radio");
    }

    private void startUntil(String last) {
        discovery.start(world, id -> id.startsWith("light."));
        until("the last device is shown", () -> link.retained.containsKey(STATE.formatted(last)));
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(20), condition);
    }

    @AfterEach
    void close() {
        discovery.close();
    }

    private JsonObject shown(String topic) {
        return parsed(Optional.ofNullable(link.retained.get(topic)).orElseThrow(() -> new AssertionError(topic)));
    }

    private JsonObject main(String device) {
        return shown(CONFIG.formatted(device))
                .object("cmps")
                .flatMap(components -> components.object("main"))
                .orElseThrow();
    }

    @Test
    void showsADeviceInTheDeviceBasedForm() {
        start();
        assertEquals(json("""
                {'dev':{'ids':['pipecat_test-desk'],'name':'The desk','mf':'pipecat','mdl':'light',
                'via_device':'pipecat_test','sa':'Office'},
                'o':{'name':'pipecat','sw':'1.2.3'},
                'cmps':{'main':{'p':'light','unique_id':'pipecat_test-desk','name':null,'schema':'json',
                'command_topic':'homeassistant/pipecat/pipecat_test-desk/set/state',
                'supported_color_modes':['brightness'],'brightness':true,'brightness_scale':100}},
                'state_topic':'homeassistant/pipecat/pipecat_test-desk/state','qos':1,
                'availability_topic':'pipecat/test/availability'}"""), shown(CONFIG.formatted("desk")));
        assertEquals(json("{'state':'ON','color_mode':'brightness','brightness':40}"), shown(STATE.formatted("desk")));
    }

    /** Another node that brings a device from Home Assistant tells its state on the broker, where this one hears it. */
    @Test
    void whatIsOnlyHeardOfIsNotItsOwn() {
        JsonObject on = JsonObject.of("state", "on");
        TestWorld others = new TestWorld(
                List.of(),
                List.of(
                        new Device("light.kitchen", "Light.kitchen", "device", Optional.empty(), on, Set.of(), false),
                        new Device("meter", "Meter", "device", Optional.empty(), on, Set.of(), false),
                        device("desk", "light", "{'state':'on'}")));
        discovery = discovery(folder, link, "*", "meter");
        discovery.start(others, id -> false);
        until("the last one is shown", () -> link.retained.containsKey(STATE.formatted("desk")));
        assertTrue(link.retained.containsKey(STATE.formatted("meter")), "it is asked for by name");
        assertFalse(
                link.retained.keySet().stream().anyMatch(topic -> topic.contains("kitchen")),
                link.retained.keySet()::toString);
    }

    @Test
    void aCommandBesideTheNodeNeitherTakesBackNorObeys() {
        start();
        FakeLink other = new FakeLink();
        TestWorld empty = new TestWorld(List.of(), List.of());
        Discovery beside = discovery(folder, other, "*");
        beside.start(empty, id -> false);
        beside.close();
        assertEquals(List.of(), other.published);
        assertEquals(0, other.subscriptions());
        discovery.close();
        // The next one is the node again.
        discovery = discovery(folder, link, "*");
        link.retained.clear();
        start();
    }

    @Test
    void aFaultAtOneDeviceEndsNeitherTheOthersNorTheTelling() {
        link.trips = "desk";
        start();
        assertFalse(link.retained.containsKey(CONFIG.formatted("desk")));
        link.trips = "/";
        link.reconnect();
        until("it is told again", () -> link.retained.containsKey(STATE.formatted("desk")));
    }

    @Test
    void showsEachKindAsWhatItIs() {
        start();
        assertEquals(
                List.of("light", "cover", "lock", "climate", "switch", "switch"),
                Stream.of("desk", "blind", "door", "heat", "plug", "radio")
                        .map(id -> main(id).string("p").orElseThrow())
                        .toList());
        assertEquals("blind", main("blind").string("device_class").orElseThrow());
        assertEquals(
                "homeassistant/pipecat/pipecat_test-blind/set/position",
                main("blind").string("set_position_topic").orElseThrow());
        assertEquals("locked", main("door").string("payload_lock").orElseThrow());
        assertTrue(shown(CONFIG.formatted("radio")).object("cmps").orElseThrow().has("volume"));
        assertEquals(json("{'state':'open','position':70}"), shown(STATE.formatted("blind")));
    }

    @Test
    void showsThisNodeAndHowItIs() {
        start();
        JsonObject node = shown(NODE);
        assertEquals(
                Set.of("available", "llm", "answer_seconds"),
                node.object("cmps").orElseThrow().members().keySet());
        JsonObject available =
                node.object("cmps").orElseThrow().object("available").orElseThrow();
        assertEquals(
                "pipecat/test/availability", available.string("state_topic").orElseThrow());
        assertFalse(available.has("availability_topic"), "it is to show that the node is gone");
        assertEquals(json("{}"), shown("homeassistant/pipecat/pipecat_test/state"));
    }

    @Test
    void showsOnlyWhatIsItsOwnAndWanted() {
        discovery = discovery(folder, link, "desk", "light.imported");
        startUntil("desk");
        assertEquals(
                Set.of(
                        NODE,
                        "homeassistant/pipecat/pipecat_test/state",
                        CONFIG.formatted("desk"),
                        STATE.formatted("desk")),
                link.retained.keySet());
    }

    @Test
    void noEntityIsShownTwice() {
        start();
        List<String> ids = link.retained.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/config"))
                .flatMap(entry -> parsed(entry.getValue()).object("cmps").orElseThrow().members().values().stream())
                .map(component -> ((JsonObject) component).string("unique_id").orElseThrow())
                .toList();
        assertEquals(ids.stream().distinct().toList(), ids);
        assertTrue(ids.stream().allMatch(new ObjectIds("test")::isOwn), ids.toString());
        assertTrue(link.published.stream().allMatch(MqttMessage::retained));
    }

    @Test
    void aChangeOfStateIsToldOnceAndNothingElse() {
        start();
        int before = link.published.size();
        world.put(device("plug", "switch", "{'state':'on'}"));
        until("it is told", () -> link.published.size() > before);
        assertEquals(json("{'state':'on'}"), shown(STATE.formatted("plug")));
        world.put(device("plug", "switch", "{'state':'on'}"));
        world.put(device("plug", "switch", "{'state':'off'}"));
        until("it is told", () -> link.published.size() > before + 1);
        assertEquals(
                List.of(STATE.formatted("plug"), STATE.formatted("plug")),
                link.published.subList(before, link.published.size()).stream()
                        .map(MqttMessage::topic)
                        .toList());
    }

    @Test
    void aLightThatGoesOffStaysDimmable() {
        start();
        String config = link.retained.get(CONFIG.formatted("desk"));
        world.put(device("desk", "light", "{'state':'off'}"));
        until("it is told", () -> shown(STATE.formatted("desk")).string("state").equals(Optional.of("OFF")));
        assertEquals(config, link.retained.get(CONFIG.formatted("desk")));
    }

    private void command(String device, String property, String payload) {
        link.hear("homeassistant/pipecat/pipecat_test-" + device + "/set/" + property, payload, false);
    }

    @Test
    void commandsGoToTheWorldModelOnceAndAreNotEchoed() {
        start();
        int before = link.published.size();
        command("desk", "state", "{\"state\":\"ON\",\"brightness\":60}");
        command("blind", "state", "closed");
        command("blind", "position", "30");
        command("heat", "temperature", "20.5");
        command("door", "state", "unlocked");
        command("radio", "volume", "55");
        until("all are given", () -> world.commands().size() == 6);
        assertEquals(
                List.of(
                        "desk {'state':'on','brightness':60}",
                        "blind {'state':'closed'}",
                        "blind {'position':30}",
                        "heat {'temperature':20.5}",
                        "door {'state':'unlocked'}",
                        "radio {'volume':55}"),
                world.commands().stream()
                        .map(command -> command.device() + " "
                                + command.change().toString().replace('"', '\''))
                        .toList());
        world.put(device("door", "lock", "{'state':'unlocked'}"));
        until("the confirmation is told", () -> link.published.size() > before);
        assertTrue(link.published.stream().noneMatch(message -> message.topic().contains("/set")));
        assertEquals(6, world.commands().size());
    }

    @Test
    void whatIsNoCommandOfThisNodeIsLeftOut() {
        start();
        link.hear("homeassistant/pipecat/pipecat_other-desk/set/state", "on", false);
        link.hear("homeassistant/pipecat/pipecat_test-door/set/state", "unlocked", true);
        command("light_imported", "state", "{\"state\":\"ON\"}");
        command("desk", "state", "nonsense");
        command("desk", "state", "x".repeat(100_000));
        command("desk", "state", "");
        command("blind", "position", "far");
        command("plug", "state", "on");
        until("the last is given", () -> !world.commands().isEmpty());
        assertEquals(
                List.of("plug"),
                world.commands().stream().map(TestWorld.Command::device).toList());
    }

    @Test
    void aCommandThatFailsIsAnsweredByWhatIsSo() {
        start();
        world.breakOff("plug");
        int before = link.published.size();
        command("plug", "state", "on");
        until(
                "all is told again",
                () -> link.published.stream()
                        .skip(before)
                        .anyMatch(message -> message.topic().equals(STATE.formatted("plug"))));
        assertEquals(json("{'state':'off'}"), shown(STATE.formatted("plug")));
    }

    @Test
    void allIsToldAgainWhenHomeAssistantOrTheBrokerComesBack() {
        start();
        Set<String> all = Set.copyOf(link.retained.keySet());
        link.retained.clear();
        link.hear("homeassistant/status", "offline", false);
        link.hear("homeassistant/status", "online", true);
        link.hear("homeassistant/status", "online", false);
        until("all is told again", () -> link.retained.keySet().equals(all));
        link.reconnect();
        until("all is told again", () -> link.retained.keySet().equals(all));
    }

    @Test
    void aDeviceThatIsGoneIsTakenBack() {
        start();
        world.take("plug");
        until(
                "it is taken back",
                () -> !link.retained.containsKey(CONFIG.formatted("plug"))
                        && !link.retained.containsKey(STATE.formatted("plug")));
        assertTrue(link.retained.containsKey(CONFIG.formatted("desk")));
    }

    @Test
    void aDeviceThatWentWhileTheNodeWasAwayIsTakenBack() {
        start();
        discovery.close();
        assertEquals(0, link.subscriptions());
        world.take("plug");
        assertTrue(link.retained.containsKey(CONFIG.formatted("plug")), "closing takes nothing back");
        discovery = discovery(folder, link, "*");
        start();
        until("it is taken back", () -> !link.retained.containsKey(CONFIG.formatted("plug")));
    }

    @Test
    void namesThatLoseTheirLettersStayApart() {
        ObjectIds ids = new ObjectIds("küche 1");
        assertTrue(ids.device("lämpe").matches("[a-zA-Z0-9_-]+"));
        assertFalse(ids.device("lämpe").equals(ids.device("lümpe")));
        assertEquals(ids.device("lämpe"), new ObjectIds("küche 1").device("lämpe"));
        assertTrue(ids.isOwn(ids.device("x")) && !ids.isOwn("pipecat_other-x"));
        assertFalse(
                new ObjectIds("a").isOwn(new ObjectIds("a-b").device("x")), "a node whose name begins like this one's");
    }
}
