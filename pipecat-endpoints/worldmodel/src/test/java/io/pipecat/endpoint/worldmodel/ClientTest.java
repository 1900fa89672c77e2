package io.pipecat.endpoint.worldmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.worldmodel.remote.DistributedWorldModelProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another node that uses this service: what one says the other must understand. */
@Timeout(180)
class ClientTest {
    private static WorldModel client(Service service) throws Exception {
        TestNode node = TestNode.builder()
                .instanceId("another")
                .mode(DeploymentMode.DISTRIBUTED)
                .clock(Clock.systemUTC())
                .discovery(new NoDirectory())
                .settings(Map.of("world_model_url", "http://127.0.0.1:" + service.port()))
                .build();
        return new DistributedWorldModelProvider().create(node, List.of());
    }

    private static void until(String what, java.util.function.BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(60), condition);
    }

    private static Service service() throws Exception {
        return new Service(Map.of(), Optional.empty(), Service.FAST);
    }

    @Test
    void theWholeHouseIsThere() throws Exception {
        try (Service service = service()) {
            service.house.update("home/kitchen", JsonObject.of("a", JsonNumber.of(1)));
            service.house.update("odd/é//x y", new JsonString("ü"));
            service.house.lightIs(JsonObject.of("state", "on"));
            try (WorldModel client = client(service)) {
                until("the house came", () -> !client.state().devices().isEmpty());
                assertEquals(service.house.state().toJson(), client.state().toJson());
                assertEquals(service.house.state().devices(), client.state().devices());
                assertEquals(service.house.state().locations(), client.state().locations());
                assertEquals(service.house.state().nodes(), client.state().nodes());
                assertEquals(service.house.state().agents(), client.state().agents());
            }
        }
    }

    @Test
    void whatChangesThereIsSeenHere() throws Exception {
        try (Service service = service();
                WorldModel client = client(service)) {
            until("the house came", () -> !client.state().devices().isEmpty());
            BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
            Subscription watch = client.watch("home/+", changes::add);
            service.house.update("home/hall", JsonObject.of("a", JsonNumber.of(1)));
            service.house.update("other", JsonNumber.of(1));
            service.house.update("home/hall", JsonObject.of("b", JsonNumber.of(2)));
            service.house.remove("home/hall");
            for (Optional<String> after :
                    List.of(Optional.of("{\"a\":1}"), Optional.of("{\"b\":2}"), Optional.<String>empty())) {
                StateChange change = changes.poll(60, TimeUnit.SECONDS);
                assertEquals("home/hall", change.topic());
                assertEquals(after, change.after().map(Object::toString));
            }
            watch.close();
            service.house.lightIs(JsonObject.of("state", "on"));
            until(
                    "the light is on",
                    () -> client.state()
                            .device("kitchen_light")
                            .orElseThrow()
                            .state()
                            .has("state"));
            assertEquals("{\"other\":1}", client.state().toJson().toString());
        }
    }

    @Test
    void whatIsSaidHereIsSoThere() throws Exception {
        try (Service service = service();
                WorldModel client = client(service)) {
            for (String topic : List.of("home/hall", "/lead", "a//b/", "uni/é ü/100%", "a/../b", "q?x=1")) {
                client.update(topic, new JsonString("x"));
                assertEquals(List.of(topic), service.house.names());
                client.remove(topic);
                client.remove(topic);
                assertEquals(List.of(), service.house.names());
            }
            CommandResult sent = client.command("kitchen_light", JsonObject.of("state", "on"));
            assertEquals(
                    new CommandResult("kitchen_light", CommandResult.Status.SENT, "Kitchen light: {\"state\":\"on\"}."),
                    sent);
            WorldModelException unknown = assertThrows(
                    WorldModelException.class, () -> client.command("kichen_lite", JsonObject.of("state", "on")));
            assertEquals("There is no device 'kichen_lite'; the nearest is 'kitchen_light'.", unknown.getMessage());
            JobRequest job = new JobRequest("m", "p", 1, 2, 0, "c");
            assertEquals("e1", client.dispatch(job).answer().string("EvalID").orElse(""));
            assertEquals(List.of(job), service.house.jobs);
            client.refresh();
        }
    }

    @Test
    void whatFailsThereIsSaidHereInItsWords() throws Exception {
        try (Service service = service();
                WorldModel client = client(service)) {
            service.house.failure = new JobRefusedException("Nomad refused.", 404, "job not found");
            JobRefusedException refused = assertThrows(
                    JobRefusedException.class, () -> client.dispatch(new JobRequest("m", "p", 1, 2, 0, "")));
            assertEquals(404, refused.status());
            assertEquals("job not found", refused.answer());
            service.house.failure = new WorldModelException("The bridge is away.", null);
            for (org.junit.jupiter.api.function.Executable order : List.<org.junit.jupiter.api.function.Executable>of(
                    client::refresh,
                    () -> client.command("kitchen_light", JsonObject.of("state", "on")),
                    () -> client.dispatch(new JobRequest("m", "p", 1, 2, 0, "")))) {
                assertEquals(
                        "The bridge is away.",
                        assertThrows(WorldModelException.class, order).getMessage());
            }
        }
    }

    @Test
    void whenTheServiceIsAwayTheLastStateStaysAndGrowsOld() throws Exception {
        try (Service service = service();
                WorldModel client = client(service)) {
            service.house.update("a", JsonNumber.of(1));
            until("it came", () -> client.state().get("a").isPresent());
            Instant before = Instant.now();
            until("it is as of now", () -> !client.state().asOf().isBefore(before));
            service.drain(Duration.ofSeconds(10));
            until(
                    "it grows old",
                    () -> client.state().asOf().isBefore(Instant.now().minusMillis(50)));
            assertEquals("{\"a\":1}", client.state().toJson().toString());
            assertTrue(client.state().asOf().isAfter(before.minusSeconds(1)));
        }
    }
}
