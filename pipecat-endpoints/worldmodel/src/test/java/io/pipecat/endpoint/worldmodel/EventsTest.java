package io.pipecat.endpoint.worldmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.testkit.Await;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Following the changes. */
@Timeout(120)
class EventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static void say(Service service, String topic, String text) {
        try {
            service.house.update(topic, House.text(text));
        } catch (WorldModelException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void firstTheStateThenEachChange() throws Exception {
        try (Service service = new Service(Map.of())) {
            service.post("/state/home/kitchen/light", "{\"on\":true}");
            service.post("/state/home/hall", "1");
            service.post("/state/other", "1");
            try (Follower follower = new Follower(service, service.request("/events?filter=home/%23"))) {
                assertEquals(200, follower.status());
                assertEquals("text/event-stream", follower.contentType());
                Follower.Event snapshot = follower.next();
                assertEquals("snapshot", snapshot.name());
                assertEquals(
                        "{\"as_of\":\"2026-11-22T12:00:00Z\",\"age_ms\":0,\"topics\":{\"home/hall\":1,"
                                + "\"home/kitchen/light\":{\"on\":true}}}",
                        snapshot.text());
                service.post("/state/other", "2");
                service.post("/state/home/hall", "\"a\\nb\"");
                service.delete("/state/home/hall");
                Follower.Event change = follower.next();
                assertEquals("change", change.name());
                assertEquals(
                        "{\"topic\":\"home/hall\",\"value\":\"a\\nb\",\"time\":\"2026-11-22T12:00:00Z\"}",
                        change.text());
                Follower.Event gone = follower.next();
                assertEquals(
                        "{\"topic\":\"home/hall\",\"removed\":true,\"time\":\"2026-11-22T12:00:00Z\"}", gone.text());
                assertTrue(Long.parseLong(gone.id()) > Long.parseLong(change.id()), gone.id());
            }
        }
    }

    @Test
    void whoComesAgainGetsTheStateAgain() throws Exception {
        try (Service service = new Service(Map.of())) {
            service.post("/state/a", "1");
            try (Follower follower =
                    new Follower(service, service.request("/events").header("Last-Event-ID", "17"))) {
                assertTrue(follower.next().text().contains("\"topics\":{\"a\":1}"));
            }
        }
    }

    @Test
    void aTopicThatIsAskedForAsEventsIsFollowed() throws Exception {
        try (Service service = new Service(Map.of())) {
            service.post("/state/home/kitchen/lamp", "1");
            service.post("/state/home/kitchen/light", "2");
            service.post("/state/home/hall", "3");
            try (Follower follower = new Follower(
                    service, service.request("/state/home/kitchen").header("Accept", "text/event-stream"))) {
                JsonObject topics = follower.next().data().object("topics").orElseThrow();
                assertEquals("{\"home/kitchen/lamp\":1,\"home/kitchen/light\":2}", topics.toString());
            }
        }
    }

    @Test
    void whatIsNoFilterIsRefused() throws Exception {
        try (Service service = new Service(Map.of())) {
            for (String filter : new String[] {"a%23", "%23/a", "a%2Bb", ""}) {
                HttpResponse<String> answer = service.get("/events?filter=" + filter);
                assertEquals(422, answer.statusCode(), filter);
                assertTrue(Service.detail(answer).contains("is not a topic filter"), answer.body());
            }
        }
    }

    @Test
    void whoWantsTheModelIsToldItsDevicesAndHowOldTheyAre() throws Exception {
        try (Service service = new Service(Map.of(), Optional.empty(), Service.FAST);
                Follower follower = new Follower(service, service.request("/events?model=true"))) {
            assertEquals("snapshot", follower.next().name());
            assertEquals(
                    2, follower.next().data().array("devices").orElseThrow().size());
            service.house.lightIs(JsonObject.of("brightness", JsonNumber.of(40)));
            JsonObject device = follower.next("device").data();
            assertEquals("kitchen_light", device.string("id").orElse(""));
            assertEquals(
                    "{\"brightness\":40}", device.object("state").orElseThrow().toString());
            assertEquals("{\"age_ms\":0}", follower.next("alive").text());
        }
    }

    @Test
    void whileNothingHappensTheConnectionShowsThatItIsOne() throws Exception {
        try (Service service = new Service(Map.of(), Optional.empty(), Service.FAST);
                Follower follower = new Follower(service, service.request("/events"))) {
            follower.comment();
            follower.comment();
            assertEquals(": alive\n: alive\n", follower.comments);
        }
    }

    @Test
    void whoFallsBehindGetsTheStateAgainInsteadOfWhatWasMissed() throws Exception {
        ChangeQueue queue = new ChangeQueue();
        House house = new House();
        house.watch("#", queue::add);
        for (int i = 0; i <= 10_000; i++) {
            house.update("t", JsonNumber.of(i));
        }
        ChangeQueue.Batch batch = queue.take(0);
        assertTrue(batch.lost());
        assertTrue(batch.changes().isEmpty());
        house.update("t", JsonNumber.of(1));
        assertEquals(1, queue.take(0).changes().size());
        for (int i = 0; i < 9; i++) {
            house.update("t", House.text("x".repeat(1 << 20)));
        }
        assertTrue(queue.take(0).lost(), "large values count by their size");
    }

    @Test
    void aReaderThatTakesNothingIsGivenUpAndHoldsNobodyBack() throws Exception {
        try (Service service = new Service(Map.of(), Optional.empty(), Service.FAST);
                Socket socket = service.connect()) {
            socket.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Await.until("the follower watches", PATIENCE, () -> service.house.watched() == 1);
            String large = "x".repeat(100_000);
            int[] i = {0};
            Await.until("the follower watches no more", PATIENCE, () -> {
                say(service, "t/" + i[0] % 10, large + i[0]++);
                return service.house.watched() == 0;
            });
            assertEquals(0.0, service.node.metrics().shown("pipecat_world_model_readers", Map.of()));
            assertEquals(200, service.get("/state").statusCode());
        }
    }

    @Test
    void onlySoManyFollowAtOnce() throws Exception {
        try (Service service = new Service(Map.of("world_model_max_readers", "1"))) {
            try (Follower follower = new Follower(service, service.request("/events"))) {
                assertEquals("snapshot", follower.next().name());
                HttpResponse<String> refused = service.get("/events");
                assertEquals(503, refused.statusCode());
                assertEquals("5", refused.headers().firstValue("Retry-After").orElse(""));
            }
        }
    }

    @Test
    void whenTheListenerStopsTheStreamsEndAtOnce() throws Exception {
        try (Service service = new Service(Map.of());
                Follower follower = new Follower(service, service.request("/events"))) {
            assertEquals("snapshot", follower.next().name());
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> service.drain(Duration.ofMinutes(10)));
            assertEquals("", follower.next().name());
            assertFalse(service.house.watched() > 0);
        }
    }
}
