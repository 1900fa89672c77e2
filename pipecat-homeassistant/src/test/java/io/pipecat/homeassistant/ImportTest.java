package io.pipecat.homeassistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.node.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImportTest {
    private static final String LAMP = "'friendly_name':'Kitchen lamp','brightness':102";

    private final FakeHomeAssistant home = new FakeHomeAssistant()
            .area("kitchen", "Kitchen")
            .area("living_room", "Living Room")
            .area("attic", "Attic")
            .device("d1", "kitchen")
            .entity("light.lamp", "'device_id':'d1'")
            .state("light.lamp", "on", LAMP)
            .entity("cover.blind", "'area_id':'living_room','device_id':'d1'")
            .state("cover.blind", "open", "'friendly_name':'Blind','current_position':70,'device_class':'blind'")
            .entity("switch.attic", "'area_id':'attic'")
            .state("switch.attic", "off", "'friendly_name':'Attic switch'")
            .state("sensor.nowhere", "21.5", "'unit_of_measurement':'°C','device_class':'temperature'");

    private final TestFeed feed = new TestFeed();
    private TestNode node = node(Map.of());
    private Import imported = imported("Kitchen", "living room");

    private TestNode node(Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(
                Map.of("ha_url", home.url(), "ha_token", FakeHomeAssistant.TOKEN, "ha_timeout", "5s"));
        settings.putAll(more);
        return TestNode.of(settings);
    }

    private Import imported(String... areas) {
        return new Import(node, List.of(areas), new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), () -> 0));
    }

    @AfterEach
    void close() {
        imported.close();
        home.close();
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(20), condition);
    }

    private void started() {
        imported.start(feed);
        until("the devices are here", () -> feed.definitions() > 0);
    }

    @Test
    void bringsTheDevicesOfTheWantedAreas() {
        started();
        assertEquals(List.of("light.lamp", "cover.blind"), feed.ids());
        assertEquals(
                List.of(
                        new Location("kitchen", "Kitchen", List.of()),
                        new Location("living_room", "Living Room", List.of())),
                feed.locations());
        Device lamp = feed.device("light.lamp");
        assertEquals("Kitchen lamp", lamp.name());
        assertEquals("light", lamp.type());
        assertEquals(Optional.of("kitchen"), lamp.location(), "where its device is");
        assertEquals("{\"state\":\"on\",\"brightness\":40}", lamp.state().toString());
        assertTrue(lamp.commandable());
        assertEquals(
                Optional.of("living_room"), feed.device("cover.blind").location(), "its own place, not its device's");
    }

    @Test
    void allOfItTakesAStar() {
        imported = imported("*");
        started();
        assertEquals(List.of("light.lamp", "cover.blind", "switch.attic", "sensor.nowhere"), feed.ids());
        assertEquals(Optional.empty(), feed.device("sensor.nowhere").location());
        assertEquals(
                "{\"state\":21.5,\"unit\":\"°C\",\"temperature\":21.5}",
                feed.device("sensor.nowhere").state().toString());
    }

    @Test
    void leavesOutWhatIsNotForPeopleAndWhatThisNodePublishes() {
        home.entity("light.hidden", "'area_id':'kitchen','hidden_by':'user'")
                .state("light.hidden", "on", "")
                .entity("sensor.rssi", "'area_id':'kitchen','entity_category':'diagnostic'")
                .state("sensor.rssi", "-60", "")
                .entity("switch.disabled", "'area_id':'kitchen','disabled_by':'integration'")
                .state("switch.disabled", "unavailable", "")
                .entity("light.ours", "'area_id':'kitchen','platform':'mqtt','unique_id':'pipecat_test-desk'")
                .state("light.ours", "on", "")
                .entity("light.others", "'area_id':'kitchen','platform':'mqtt','unique_id':'pipecat_test2-desk'")
                .state("light.others", "on", "")
                .entity("automation.x", "'area_id':'kitchen'")
                .state("automation.x", "on", "");
        started();
        assertEquals(List.of("light.lamp", "cover.blind", "light.others"), feed.ids());
    }

    @Test
    void followsStatesAndTakesBackWhatIsNotToldAnyMore() {
        started();
        home.state("light.lamp", "off", "'friendly_name':'Kitchen lamp','brightness':null");
        until("off", () -> feed.state("light.lamp").equals("{\"state\":\"off\"}"));
        home.state("light.lamp", "unavailable", "");
        until("unavailable", () -> feed.state("light.lamp").equals("{\"state\":\"unavailable\"}"));
        home.state("light.lamp", "unknown", "");
        until("unknown", () -> feed.state("light.lamp").equals("{}"));
        home.state("switch.attic", "on", "");
        home.state("light.lamp", "on", LAMP);
        until("on", () -> feed.state("light.lamp").equals("{\"state\":\"on\",\"brightness\":40}"));
        assertTrue(!feed.observed().contains("switch.attic"), "not wanted");
    }

    @Test
    void numbersThatNobodyCanWriteOutDoNotKeepTheOthersAway() {
        home.entity("media_player.odd", "'area_id':'kitchen'")
                .state("media_player.odd", "playing", "'volume_level':1e999999999")
                .entity("light.odd", "'area_id':'kitchen'")
                .state("light.odd", "on", "'brightness':1e-999999999,'rgb_color':[1e999999999,0,0]");
        started();
        assertEquals(List.of("light.lamp", "cover.blind", "media_player.odd", "light.odd"), feed.ids());
        assertEquals("{\"state\":\"playing\"}", feed.state("media_player.odd"));
        home.state("light.lamp", "on", "'brightness':1e999999999");
        home.state("cover.blind", "closed", "'current_position':0");
        until("the event after it", () -> feed.state("cover.blind").contains("closed"));
        assertEquals("{\"state\":\"on\"}", feed.state("light.lamp"));
        assertEquals(1, home.connections.get());
        assertTrue(assertThrows(
                        WorldModelException.class,
                        () -> imported.command(
                                feed.device("media_player.odd"), FakeHomeAssistant.json("{'volume':1e999999999}")))
                .getMessage()
                .contains("1e999999999"));
    }

    @Test
    void oneEntityThatIsReadWronglyIsLeftOutAlone() {
        feed.trips = "cover.blind";
        started();
        home.state("cover.blind", "closed", "'current_position':0");
        home.state("light.lamp", "off", "");
        until("the event after it", () -> feed.state("light.lamp").contains("off"));
        assertEquals(1, home.connections.get());
    }

    @Test
    void whatChangesWhileItIsReadIsNotLost() {
        home.afterStates = () -> home.state("light.lamp", "on", "'brightness':255");
        started();
        until(
                "the change that came after the states",
                () -> feed.state("light.lamp").contains("\"brightness\":100"));
    }

    @Test
    void whatChangedBeforeItIsReadDoesNotWinOverIt() {
        home.beforeStates = () -> {
            home.state("light.lamp", "off", "");
            home.state("light.lamp", "on", "'brightness':255");
        };
        started();
        home.beforeStates = () -> {};
        home.state("cover.blind", "closed", "'current_position':0,'device_class':'blind'");
        until("the blind", () -> feed.state("cover.blind").contains("closed"));
        assertEquals(List.of("cover.blind"), feed.observed().stream().distinct().toList());
        assertEquals("{\"state\":\"on\",\"brightness\":100}", feed.state("light.lamp"));
    }

    @Test
    void commandsByServicesAndLearnsFromTheEvent() throws Exception {
        started();
        imported.command(feed.device("light.lamp"), FakeHomeAssistant.json("{'state':'off'}"));
        assertEquals(
                "{\"domain\":\"light\",\"service\":\"turn_off\",\"service_data\":{},\"target\":{\"entity_id\":\"light.lamp\"}}",
                withoutIdAndType(home.calls.getFirst()));
        until("it is off", () -> feed.state("light.lamp").equals("{\"state\":\"off\"}"));
    }

    private static String withoutIdAndType(JsonObject call) {
        JsonObject.Builder rest = JsonObject.builder();
        call.members().forEach((name, value) -> {
            if (!name.equals("id") && !name.equals("type")) {
                rest.put(name, value);
            }
        });
        return rest.build().toString();
    }

    private String failure(JsonObject change) {
        Device lamp = feed.device("light.lamp");
        return assertThrows(WorldModelException.class, () -> imported.command(lamp, change))
                .getMessage();
    }

    @Test
    void aCommandThatFailsSaysWhy() {
        JsonObject off = FakeHomeAssistant.json("{'state':'off'}");
        started();
        home.refusal = Optional.of("Entity not found");
        String base = home.url().replaceFirst("/$", "");
        assertEquals(
                "Home Assistant at " + base
                        + " was asked for \"Kitchen lamp\" to be {\"state\":\"off\"}, and refuses: Entity"
                        + " not found.",
                failure(off));
        assertTrue(failure(FakeHomeAssistant.json("{'state':'locked'}")).startsWith("Home Assistant has no service"));
        home.refusal = Optional.empty();
        home.mute = true;
        node.settings().set("ha_timeout", "100ms");
        assertTrue(failure(off).endsWith("and does not answer call_service within 100 ms."), failure(off));
        home.status = 503;
        home.hangUp();
        until("it is noticed", () -> node.events().size() == 2);
        assertTrue(failure(off).contains("answers 503 to a WebSocket"), failure(off));
    }

    @Test
    void connectsAgainAndReadsAllAnew() {
        started();
        home.status = 502;
        home.hangUp();
        until("it is noticed", () -> node.events().size() == 2);
        home.state("light.lamp", "off", "");
        home.entity("lock.door", "'area_id':'kitchen'").state("lock.door", "locked", "'friendly_name':'Door'");
        home.status = 0;
        until("all is read anew", () -> feed.ids().contains("lock.door"));
        assertEquals("{\"state\":\"off\"}", feed.state("light.lamp"));
        home.state("lock.door", "unlocked", "");
        until("it is followed", () -> feed.state("lock.door").contains("unlocked"));
    }

    @Test
    void aFailureIsToldOnceHoweverOftenItIsTried() {
        home.status = 404;
        imported.start(feed);
        until("it is told", () -> !node.events().isEmpty());
        home.status = 500;
        until("the next is told", () -> node.events().size() == 2);
        home.status = 0;
        until("it is here", () -> feed.definitions() > 0);
        String told = node.events().getFirst().message();
        assertTrue(told.contains("answers 404 to a WebSocket: check ha_url; the states of its devices"), told);
        assertTrue(node.events().getFirst() instanceof NodeEvent.Degraded);
        assertEquals(2, node.events().size());
    }

    @Test
    void aWrongTokenIsSaid() {
        node = node(Map.of("ha_token", "another"));
        imported = imported("*");
        imported.start(feed);
        until("it is told", () -> !node.events().isEmpty());
        String told = node.events().getFirst().message();
        assertTrue(told.contains("refuses the token: make a new long-lived access token"), told);
        assertTrue(!told.contains("another"), told);
        node.settings().set("ha_token", FakeHomeAssistant.TOKEN);
        until("it works as soon as it is right", () -> feed.definitions() > 0);
    }

    @Test
    void whatIsNoHomeAssistantIsSaid() {
        started();
        home.say("{half");
        until("it is told", () -> !node.events().isEmpty());
        assertTrue(node.events().getFirst().message().contains("says what is no JSON"));
        until("it is connected again", () -> home.connections.get() > 1 && feed.definitions() > 1);
    }

    @Test
    void aChangeOfTheRegistryIsTakenIn() {
        started();
        home.entity("switch.attic", "'area_id':'kitchen'");
        home.event("entity_registry_updated", FakeHomeAssistant.json("{'action':'update','entity_id':'switch.attic'}"));
        until("it has moved to the kitchen", () -> feed.ids().contains("switch.attic"));
        home.remove("light.lamp");
        until("it is gone", () -> !feed.ids().contains("light.lamp"));
        String failure = assertThrows(
                        WorldModelException.class,
                        () -> imported.command(
                                new Device(
                                        "light.lamp",
                                        "Kitchen lamp",
                                        "light",
                                        Optional.empty(),
                                        JsonObject.EMPTY,
                                        java.util.Set.of(),
                                        true),
                                FakeHomeAssistant.json("{'state':'on'}")))
                .getMessage();
        assertTrue(failure.contains("does not have it any more"), failure);
    }

    @Test
    void changesOfStatesDoNotKeepARegistryFromBeingRead() {
        started();
        home.entity("switch.attic", "'area_id':'kitchen'");
        home.event("entity_registry_updated", JsonObject.EMPTY);
        int[] level = {0};
        until("it is read although states change all the time", () -> {
            home.state("light.lamp", "on", "'brightness':" + level[0]++ % 255);
            return feed.ids().contains("switch.attic");
        });
    }

    @Test
    void anEntityOfNoRegistryAppears() {
        imported = imported("*");
        started();
        home.state("switch.new", "on", "'friendly_name':'New'");
        until("it is here", () -> feed.ids().contains("switch.new"));
    }

    @Test
    void degreesFahrenheitAreCelsiusHere() throws Exception {
        home.fahrenheit();
        home.entity("climate.hall", "'area_id':'kitchen'")
                .state("climate.hall", "heat", "'temperature':70,'current_temperature':68.5,'friendly_name':'Hall'");
        started();
        assertEquals(
                "{\"state\":\"heat\",\"temperature\":21.1,\"current_temperature\":20.3}", feed.state("climate.hall"));
        imported.command(feed.device("climate.hall"), FakeHomeAssistant.json("{'temperature':20}"));
        assertEquals(
                "{\"temperature\":68}",
                home.calls.getFirst().object("service_data").orElseThrow().toString());
    }

    @Test
    void closingEndsTheConnection() throws Exception {
        started();
        Device lamp = feed.device("light.lamp");
        imported.close();
        assertThrows(WorldModelException.class, () -> imported.command(lamp, FakeHomeAssistant.json("{'state':'on'}")));
        imported.close();
    }
}
