package io.pipecat.worldmodel.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.CommandResult.Status;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldFeed;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands to devices, and devices that other systems bring in. */
final class LocalDevicesTest extends LocalModels {
    @Test
    void assumesWhatACommandAskedForUntilTheDeviceSaysSo() throws Exception {
        link.connect();
        WorldModel model = model();
        assertEquals(
                Status.SENT,
                model.command("lamp", object("{\"state\":\"on\",\"brightness\":40}"))
                        .status());
        assertEquals(List.of("lamps/lamp/set={\"state\":\"on\",\"brightness\":40}"), link.published());
        Device lamp = device(model, "lamp");
        assertEquals(object("{\"state\":\"on\",\"brightness\":40}"), lamp.state());
        assertEquals(Set.of("state", "brightness"), lamp.assumed());
        assertEquals(Optional.empty(), model.state().get("telemetry/lamp"));
        broker.publish("telemetry/lamp/state", "on", false);
        assertEquals(Set.of("brightness"), device(model, "lamp").assumed());
        // The device says otherwise: then it is otherwise.
        broker.publish("telemetry/lamp", "{\"brightness\":35}", false);
        assertEquals(Set.of(), device(model, "lamp").assumed());
        assertEquals(
                object("{\"state\":\"on\",\"brightness\":35}"),
                device(model, "lamp").state());
    }

    @Test
    void assumesForAWhileOnly() throws Exception {
        settings.put("world_assume", "10s");
        link.connect();
        WorldModel model = model();
        model.command("lamp", object("{\"state\":\"on\"}"));
        clock.advance(Duration.ofSeconds(9));
        assertEquals(Set.of("state"), device(model, "lamp").assumed());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Set.of(), device(model, "lamp").assumed());
        assertEquals(
                object("{\"state\":\"off\",\"brightness\":10}"),
                device(model, "lamp").state());
    }

    @Test
    void assumesForThatLongWhateverSomebodySetsTheClockTo() throws Exception {
        settings.put("world_assume", "10s");
        steadyClock = new MovingClock();
        link.connect();
        WorldModel model = model();
        model.command("lamp", object("{\"state\":\"on\"}"));
        clock.advance(Duration.ofHours(5));
        assertEquals(Set.of("state"), device(model, "lamp").assumed());
        clock.advance(Duration.ofHours(-10));
        steadyClock.advance(Duration.ofSeconds(10));
        assertEquals(Set.of(), device(model, "lamp").assumed());
    }

    @Test
    void whatTheDeviceHasAlreadyIsConfirmed() throws Exception {
        link.connect();
        WorldModel model = model();
        broker.publish("telemetry/lamp", "{\"state\":\"ON\",\"brightness\":40.0}", false);
        assertEquals(
                Status.CONFIRMED,
                model.command("lamp", object("{\"state\":\"on\",\"brightness\":40}"))
                        .status());
        assertEquals(1, link.published().size());
        assertEquals(Set.of(), device(model, "lamp").assumed());
    }

    @Test
    void sendsEachPropertyToATopicOfItsOwnWhereTheTopicSaysSo() throws Exception {
        link.connect();
        WorldModel model = model();
        model.command("plug", object("{\"POWER\":\"ON\",\"state\":\"on\"}"));
        assertEquals(List.of("cmnd/plug/POWER=ON", "cmnd/plug/state=on"), link.published());
        broker.publish("stat/plug", "on", false);
        assertEquals(Set.of("POWER"), device(model, "plug").assumed());
    }

    @Test
    void refusesCommandsThatCannotArrive() throws Exception {
        WorldModel model = model();
        String away = assertThrows(WorldModelException.class, () -> model.command("lamp", object("{\"state\":\"on\"}")))
                .getMessage();
        assertTrue(away.contains("mqtt://fake") && away.contains("Nothing was sent"), away);
        assertEquals(Set.of(), device(model, "lamp").assumed());
        link.connect();
        assertEquals(List.of(), link.published());
        assertEquals(
                "\"Meter\" takes no commands.",
                assertThrows(WorldModelException.class, () -> model.command("meter", object("{\"state\":1}")))
                        .getMessage());
        assertEquals(
                "There is no device \"lmap\"; the nearest is \"lamp\".",
                assertThrows(WorldModelException.class, () -> model.command("lmap", object("{\"state\":1}")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> model.command("lamp", JsonObject.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> model.command("plug", object("{\"a#\":1,\"b\":1}")));
        assertEquals(Set.of(), device(model, "plug").assumed());
    }

    @Test
    void simulatedDevicesDoWhatTheyAreTold() throws Exception {
        WorldModel model = model();
        assertEquals(
                Status.CONFIRMED,
                model.command("toy", object("{\"brightness\":40}")).status());
        assertEquals(
                object("{\"brightness\":40,\"state\":\"on\"}"),
                device(model, "toy").state());
        assertEquals(Set.of(), device(model, "toy").assumed());
    }

    @Test
    void takesInWhatOtherSystemsBring() throws Exception {
        link.connect();
        WorldModel model = model(node(true), system);
        WorldFeed feed = system.feed.orElseThrow();
        feed.define(
                List.of(new Location("kitchen", "Kitchen", List.of()), new Location("attic", "Attic", List.of())),
                List.of(
                        FakeSystem.device("ha_lamp", "Oven light", object("{\"state\":\"off\",\"a/b\":1,\"c#\":2}")),
                        FakeSystem.device("lamp", "Another lamp", object("{\"state\":\"on\"}")),
                        FakeSystem.device("bad/id", "Bad", JsonObject.EMPTY)));
        assertEquals(
                List.of("Kitchen", "Attic"),
                model.state().locations().stream().map(Location::name).toList());
        assertEquals("Lamp", device(model, "lamp").name());
        assertEquals(
                object("{\"state\":\"off\",\"brightness\":10}"),
                device(model, "lamp").state());
        assertEquals(Optional.empty(), model.state().device("bad/id"));
        assertTrue(
                link.published().contains("telemetry/ha_lamp/state=off!"),
                link.published().toString());
        feed.observe("ha_lamp", object("{\"state\":\"off\"}"));
        feed.observe("lamp", object("{\"state\":\"on\"}"));
        feed.observe("nothing", object("{\"state\":\"on\"}"));
        long told = link.published().stream()
                .filter(m -> m.startsWith("telemetry/ha_lamp/state"))
                .count();
        assertEquals(1, told);
        assertEquals(Optional.empty(), model.state().get("telemetry/nothing"));

        assertEquals(
                Status.SENT,
                model.command("ha_lamp", object("{\"state\":\"on\"}")).status());
        assertEquals(List.of("ha_lamp {\"state\":\"on\"}"), system.commands);
        assertEquals(Set.of("state"), device(model, "ha_lamp").assumed());
        feed.observe("ha_lamp", object("{\"state\":\"on\",\"brightness\":null}"));
        assertEquals(Set.of(), device(model, "ha_lamp").assumed());

        system.answersAtOnce = true;
        assertEquals(
                Status.CONFIRMED,
                model.command("ha_lamp", object("{\"state\":\"off\"}")).status());
        system.refuses = true;
        assertThrows(WorldModelException.class, () -> model.command("ha_lamp", object("{\"state\":\"on\"}")));
        assertEquals(Set.of(), device(model, "ha_lamp").assumed());
        assertEquals(Optional.of("off"), device(model, "ha_lamp").state().string("state"));

        feed.define(List.of(), List.of());
        assertEquals(Optional.empty(), model.state().device("ha_lamp"));
        assertFalse(broker.kept().containsKey("telemetry/ha_lamp/state"));
        model.close();
        assertTrue(system.closed);
        assertFalse(link.isHeard());
    }

    @Test
    void whatOtherSystemsBringIsGoneWhenTheyAreNotAskedAnyMore() throws Exception {
        WorldModel before = model(node(false), system);
        system.feed
                .orElseThrow()
                .define(List.of(), List.of(FakeSystem.device("ha_lamp", "Oven light", object("{\"state\":\"off\"}"))));
        before.update("own", JsonNumber.of(1));
        before.close();
        WorldModel model = model(node(false));
        assertEquals(json("{\"own\":1}"), model.state().toJson());
    }
}
