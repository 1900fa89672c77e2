package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.LogSource;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import io.pipecat.api.http.Route;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.testkit.node.TestWorld;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a tab follows, and how streams end. */
@Timeout(60)
class StreamsTest {
    private static final Device LAMP = lamp("off");

    @TempDir
    private Path state;

    private static Device lamp(String value) {
        return new Device("lamp", "Lamp", "light", Optional.of("hall"), JsonObject.of("state", value), Set.of(), true);
    }

    private static TestWorld house() {
        return new TestWorld(List.of(new Location("hall", "Hall", List.of())), List.of(LAMP));
    }

    private Face faceWith(TestWorld house, LogSource logs) throws Exception {
        return new Face(
                state,
                Map.of(),
                builder -> builder.worldModel(house).logs(logs),
                host -> List.of(InetAddress.getAllByName(host)));
    }

    private static final class Lines implements LogSource {
        private volatile Consumer<? super Entry> follower = entry -> {};

        static Entry entry(String level, String message) {
            return new Entry(TestNode.NOW, level, "io.pipecat.test", message, "main");
        }

        @Override
        public List<Entry> recent() {
            return List.of(entry("info", "All is well"), entry("warn", "The broker is away"));
        }

        @Override
        public Subscription follow(Consumer<? super Entry> listener) {
            follower = listener;
            return () -> follower = entry -> {};
        }
    }

    @Test
    void theHouseIsToldAsItChangesAndIsSwitched() throws Exception {
        TestWorld house = house();
        try (Face face = faceWith(house, new Lines());
                Events events = face.follow("/api/events?topics=world")) {
            JsonObject all = events.next("world").data();
            assertTrue(all.bool("complete").orElseThrow());
            house.put(lamp("on"));
            JsonObject change = events.next("world").data();
            assertEquals(
                    "on",
                    change.array("devices")
                            .orElseThrow()
                            .objects()
                            .toList()
                            .getFirst()
                            .object("state")
                            .orElseThrow()
                            .string("state")
                            .orElseThrow());
            house.take("lamp");
            assertEquals(
                    new JsonString("lamp"),
                    events.next("world").data().array("removed").orElseThrow().get(0));
        }
    }

    @Test
    void devicesAreCommanded() throws Exception {
        TestWorld house = house();
        try (Face face = faceWith(house, new Lines())) {
            JsonObject world = Face.json(face.get("/api/world"));
            assertTrue(world.bool("available").orElseThrow());
            String body = "{\"device\":\"lamp\",\"change\":{\"state\":\"on\"}}";
            HttpResponse<String> done = face.post("/api/world/command", body);
            assertEquals(200, done.statusCode(), done.body());
            assertEquals(List.of(new TestWorld.Command("lamp", JsonObject.of("state", "on"))), house.commands());
            HttpResponse<String> unknown =
                    face.post("/api/world/command", "{\"device\":\"lamb\",\"change\":{\"state\":\"on\"}}");
            assertEquals(404, unknown.statusCode());
            assertTrue(Face.detail(unknown).contains("lamp"), unknown.body());
            assertEquals(
                    422,
                    face.post("/api/world/command", "{\"device\":\"lamp\"}").statusCode());
        }
    }

    @Test
    void logsMetricsAndWhatHappensAreTold() throws Exception {
        Lines lines = new Lines();
        try (Face face = faceWith(house(), lines);
                Events logs = face.follow("/api/events?topics=log,conversation,metrics&level=warn");
                Events happens = face.follow("/api/events?topics=topology,health")) {
            logs.next("metrics");
            lines.follower.accept(Lines.entry("info", "not this"));
            lines.follower.accept(Lines.entry("error", "but this"));
            assertEquals("but this", logs.next("log").data().string("message").orElseThrow());
            face.begin();
            assertEquals(
                    "created", logs.next("conversation").data().string("change").orElseThrow());
            happens.next("health");
            face.node.publish(new NodeEvent.Degraded(TestNode.NOW, "llm", "It is slow."));
            assertEquals(
                    "It is slow.",
                    happens.next("node_event").data().string("message").orElseThrow());
            JsonObject warned = Face.json(face.get("/api/logs?level=warn&query=BROKER"));
            assertEquals(1, warned.array("entries").orElseThrow().size());
            assertEquals(422, face.get("/api/logs?level=loud").statusCode());
            assertEquals(422, face.get("/api/events?topics=weather").statusCode());
            assertTrue(Face.json(face.get("/api/metrics"))
                            .array("series")
                            .orElseThrow()
                            .size()
                    > 0);
        }
    }

    private static double open(Face face) {
        return face.node.metrics().shown("pipecat_web_streams", Map.of());
    }

    @Test
    void aTabThatIsGoneFreesItsThread() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            try (Socket tab = face.connect()) {
                tab.getOutputStream()
                        .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                Await.until("the tab follows", Duration.ofSeconds(30), () -> open(face) == 1);
            }
            Await.until("nobody follows", Duration.ofSeconds(30), () -> open(face) == 0);
        }
    }

    @Test
    void oneMoreThanMayBeIsRefused() throws Exception {
        try (Face face = new Face(state, Map.of("web_max_streams", "1"));
                Events first = face.follow("/api/events?topics=health")) {
            first.next("health");
            HttpResponse<String> second = face.get("/api/events");
            assertEquals(503, second.statusCode());
            assertTrue(second.headers().firstValue("Retry-After").isPresent());
            HttpResponse<String> chat = face.post("/api/chat", "{\"text\":\"Hello\"}");
            assertEquals(503, chat.statusCode());
            assertEquals(
                    "{\"conversations\":[]}", face.get("/api/conversations").body());
            assertEquals(List.of(), face.model.asked());
        }
    }

    @Test
    void drainingEndsStreamsAtOnce() throws Exception {
        try (Face face = new Face(state, Map.of());
                Events events = face.follow("/api/events?topics=health");
                Events talk = face.follow("/api/conversations/" + face.begin() + "/events")) {
            events.next("health");
            Await.until("both follow", Duration.ofSeconds(30), () -> open(face) == 2);
            face.drain(Duration.ofMinutes(5));
            assertTrue(events.hasEnded());
            assertTrue(talk.hasEnded());
        }
    }

    @Test
    void aStreamSaysThatItIsThereAndEndsSoThatItsReaderComesAgain() throws Exception {
        Pace pace = new Pace(
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Face.FAST.world(),
                Face.FAST.sample(),
                Face.FAST.health(),
                Face.FAST.syncAnswer());
        try (Face face =
                new Face(state, Map.of(), builder -> builder, host -> List.of(InetAddress.getAllByName(host)), pace)) {
            for (String path :
                    List.of("/api/events?topics=conversation", "/api/conversations/" + face.begin() + "/events")) {
                String all = face.get(path).body();
                assertTrue(all.startsWith("retry: 2000\n\nevent: alive\ndata: {}\n\n"), all);
                assertTrue(all.endsWith("event: alive\ndata: {}\n\n"), all);
            }
            Await.until("nobody follows", Duration.ofSeconds(30), () -> open(face) == 0);
        }
    }

    @Test
    void everyCallIsDescribed() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            JsonObject paths =
                    Face.json(face.get("/openapi.json")).object("paths").orElseThrow();
            TestNode node = TestNode.builder().stateDir(state).llm(face.model).build();
            try (WebEndpoint endpoint = new WebEndpoint(node, Pace.USUAL)) {
                for (Route route : endpoint.routes()) {
                    if (!route.method().equals("OPTIONS")) {
                        String path = route.path().replace("...}", "}");
                        JsonObject operations = paths.object(path).orElseThrow(() -> new AssertionError(path));
                        assertTrue(
                                operations.has(route.method().toLowerCase(java.util.Locale.ROOT)),
                                route.method() + " " + path);
                    }
                }
            }
        }
    }

    @Test
    void theNodeTellsWhatItIs() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            JsonObject node = Face.json(face.get("/api/node"));
            assertEquals("scripted model", node.string("model").orElseThrow());
            assertEquals("monolith", node.string("mode").orElseThrow());
            assertTrue(node.array("tools").orElseThrow().toString().contains("doors"));
        }
    }
}
