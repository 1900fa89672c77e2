package io.pipecat.worldmodel.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.worldmodel.house.DeviceDefinition;
import io.pipecat.worldmodel.house.House;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services that are away, silent, wrong or this node itself, and brokers in their place. */
@Timeout(180)
class FaultsTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");
    private static final String SNAPSHOT = """
            event: snapshot
            data: {"age_ms":0,"topics":{"a":1}}

            event: model
            data: {"devices":[],"locations":[],"nodes":[],"agents":[]}

            """;

    private static Client broker(TestLink link, House house, URI... services) {
        return new Client(List.of(services), Map.of(), Optional.of(link), house);
    }

    private interface Answers {
        MockResponse to(RecordedRequest request);
    }

    private static MockWebServer server(Answers answers) throws Exception {
        MockWebServer server = new MockWebServer();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.to(request);
            }
        });
        server.start();
        return server;
    }

    private static MockResponse events(String text) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .body(text)
                .build();
    }

    @Test
    void withoutServiceAndBrokerItStartsAndSaysWhatIsMissing() throws Exception {
        try (Client client = new Client(NOBODY, Map.of())) {
            assertEquals("{}", client.model.state().toJson().toString());
            assertEquals(Instant.EPOCH, client.model.state().asOf());
            Client.until("it is told", () -> !client.node.events().isEmpty());
            NodeEvent event = client.node.events().getFirst();
            assertTrue(event.message().contains("http://127.0.0.1:9 (the directory)"), event.message());
            WorldModelException e =
                    assertThrows(WorldModelException.class, () -> client.model.update("a", JsonNumber.of(1)));
            assertTrue(
                    e.getMessage().contains("cannot be reached")
                            && e.getMessage().contains("mqtt_host is not set"),
                    e.getMessage());
            assertThrows(WorldModelException.class, () -> client.model.command("lamp", JsonObject.of("state", "on")));
            assertThrows(WorldModelException.class, client.model::refresh);
            assertThrows(WorldModelException.class, () -> client.model.dispatch(new JobRequest("m", "p", 1, 1, 0, "")));
            assertEquals(1, client.node.events().size(), "one outage is told once");
            assertTrue(client.directory.complaints.contains(NOBODY));
        }
    }

    @Test
    void aDirectoryThatIsAwayIsNoReasonNotToStart() throws Exception {
        try (Client client = new Client(List.of(), Map.of(), Optional.empty(), House.EMPTY)) {
            client.directory.broken = true;
            Client.until(
                    "it is told",
                    () -> client.model.state().toJson().members().isEmpty()
                            && !client.node.events().isEmpty());
        }
    }

    @Test
    void whatIsLostIsFollowedAgainAndReadFromMemoryMeanwhile() throws Exception {
        AtomicInteger streams = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean away = new AtomicBoolean();
        try (MockWebServer server = server(request -> {
                    if (away.get()) {
                        refused.incrementAndGet();
                        return new MockResponse.Builder().code(503).build();
                    }
                    return events(streams.incrementAndGet() == 1 ? SNAPSHOT : SNAPSHOT.replace("\"a\":1", "\"a\":2"));
                });
                Client client = new Client(server.url("/").uri(), Map.of())) {
            client.untilState("{\"a\":2}");
            assertTrue(streams.get() >= 2);
            away.set(true);
            Client.until("it was refused twice", () -> refused.get() >= 2);
            assertEquals(0, client.connected());
            assertEquals("{\"a\":2}", client.model.state().toJson().toString());
            Instant asOf = client.model.state().asOf();
            assertTrue(
                    asOf.isAfter(Instant.EPOCH) && asOf.isBefore(Instant.now().plusSeconds(1)), asOf.toString());
            Client.until("time goes on", () -> Instant.now().isAfter(asOf.plusMillis(20)));
            assertEquals(asOf, client.model.state().asOf(), "it grows old");
        }
    }

    @Test
    void garbageIsRefusedAndTheLastStateStays() throws Exception {
        AtomicInteger streams = new AtomicInteger();
        List<String> garbage = List.of(
                "event: snapshot\ndata: {\"topics\":\n\n",
                "event: snapshot\ndata: []\n\n",
                "event: snapshot\ndata: {}\n\n",
                "event: change\ndata: {\"value\":1}\n\n",
                "event: model\ndata: {\"devices\":[1]}\n\n",
                "event: device\ndata: {\"id\":7}\n\n",
                "data: \u0000\u0001\n\n");
        try (MockWebServer server = server(request -> {
                    int stream = streams.getAndIncrement();
                    return events(SNAPSHOT + (stream < 1 ? "" : garbage.get(stream % garbage.size())));
                });
                Client client = new Client(server.url("/").uri(), Map.of())) {
            Client.until("all of it came", () -> streams.get() > 2 * garbage.size());
            assertEquals("{\"a\":1}", client.model.state().toJson().toString());
        }
    }

    @Test
    void aServiceThatSaysNothingAnyMoreIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Client client = new Client(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Map.of())) {
            Client.until("it is given up", () -> !client.node.events().isEmpty());
            String message = client.node.events().getFirst().message();
            assertTrue(message.contains("did not answer in time"), message);
        }
    }

    @Test
    void aWrongKeyIsNamed() throws Exception {
        try (MockWebServer server = server(request -> new MockResponse.Builder()
                        .code(403)
                        .body("{\"detail\":\"Invalid credentials.\"}")
                        .build());
                Client client = new Client(server.url("/").uri(), Map.of())) {
            Client.until("it is told", () -> !client.node.events().isEmpty());
            String message = client.node.events().getFirst().message();
            assertTrue(message.contains("403: \"Invalid credentials.\" (is WORLD_MODEL_API_KEY right?)"), message);
        }
    }

    @Test
    void aKeyThatNoHeaderCanHoldIsToldAndDoesNotEndTheFollowing() throws Exception {
        TestLink link = new TestLink();
        try (MockWebServer server = server(request -> events(SNAPSHOT));
                Client client = new Client(
                        List.of(server.url("/").uri()),
                        Map.of("world_model_api_key", "schl\u00fcssel"),
                        Optional.of(link),
                        House.EMPTY)) {
            Client.until("the broker is listened to", () -> !link.listeners.isEmpty());
            Client.until("it is told", () -> !client.node.events().isEmpty());
            String message = client.node.events().getFirst().message();
            assertTrue(message.contains("WORLD_MODEL_API_KEY"), message);
            assertFalse(message.contains("schl"), message);
            link.connected = false;
            String refusal = assertThrows(WorldModelException.class, () -> client.model.update("a", JsonNumber.of(1)))
                    .getMessage();
            assertTrue(refusal.contains("WORLD_MODEL_API_KEY"), refusal);
        }
    }

    @Test
    void aFaultDoesNotEndTheFollowingForGood() throws Exception {
        // From the very first look on: that there is a problem is told once until there is none.
        Client.Directory directory = new Client.Directory(List.of());
        directory.faulty = true;
        try (MockWebServer server = server(request -> events(SNAPSHOT));
                Client client = new Client(directory, Map.of(), Optional.empty(), House.EMPTY)) {
            Client.until(
                    "it is told",
                    () -> client.node.events().stream()
                            .anyMatch(event -> event.message().contains("a fault of the directory")));
            directory.instances.add(server.url("/").uri());
            directory.faulty = false;
            client.untilState("{\"a\":1}");
        }
    }

    @Test
    void whatIsTooLargeFromTheBrokerIsLeftOut() throws Exception {
        TestLink link = new TestLink();
        try (Client client = broker(link, House.EMPTY)) {
            Client.until("it listens", () -> !link.listeners.isEmpty());
            link.say("big", "x".repeat((16 << 20) + 1));
            for (int i = 0; i < 1500; i++) {
                link.say("t/" + i, "1");
            }
            link.say("t/0", "2");
            assertTrue(client.model.state().get("big").isEmpty());
            assertEquals(Optional.of(JsonNumber.of(2)), client.model.state().get("t/0"));
            assertTrue(client.model.state().get("t/1499").isEmpty(), "more topics than may be");
        }
    }

    @Test
    void itNeverUsesItself() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (MockWebServer server = server(request -> {
                    requests.incrementAndGet();
                    return new MockResponse.Builder()
                            .addHeader("X-Pipecat-Instance", TestNode.INSTANCE)
                            .addHeader("Content-Type", "text/event-stream")
                            .body(SNAPSHOT)
                            .build();
                });
                Client client = new Client(server.url("/").uri(), Map.of())) {
            Client.until("it is told", () -> !client.node.events().isEmpty());
            assertTrue(client.node.events().getFirst().message().contains("is this node itself"));
            assertThrows(WorldModelException.class, () -> client.model.update("a", JsonNumber.of(1)));
            assertEquals("{}", client.model.state().toJson().toString());
            assertEquals(1, requests.get());
        }
    }

    @Test
    void anotherInstanceTakesOver() throws Exception {
        try (MockWebServer server = server(request -> events(SNAPSHOT));
                Client client =
                        new Client(List.of(NOBODY, server.url("/").uri()), Map.of(), Optional.empty(), House.EMPTY)) {
            client.untilState("{\"a\":1}");
        }
    }

    @Test
    void aCommandThatMayHaveArrivedIsNotGivenTwice() throws Exception {
        AtomicInteger commands = new AtomicInteger();
        TestLink link = new TestLink();
        try (MockWebServer server = server(request -> {
                    if (request.getUrl().encodedPath().startsWith("/command")) {
                        commands.incrementAndGet();
                        return new MockResponse.Builder()
                                .onResponseStart(new mockwebserver3.SocketEffect.CloseSocket())
                                .build();
                    }
                    return events(SNAPSHOT);
                });
                Client client = broker(link, House.EMPTY, server.url("/").uri())) {
            client.untilState("{\"a\":1}");
            WorldModelException e = assertThrows(
                    WorldModelException.class, () -> client.model.command("lamp", JsonObject.of("state", "on")));
            assertTrue(e.getMessage().contains("may have been done all the same"), e.getMessage());
            assertEquals(1, commands.get());
            assertEquals(List.of(), link.published());
        }
    }

    @Test
    void withoutAServiceTheBrokerIsListenedTo() throws Exception {
        TestLink link = new TestLink();
        DeviceDefinition lamp = new DeviceDefinition(
                "lamp",
                "Lamp",
                "light",
                Optional.empty(),
                JsonObject.EMPTY,
                Optional.empty(),
                new DeviceDefinition.Control.Topic("lamp/{property}/set"));
        House house = new House(List.of(), Map.of("lamp", lamp), List.of(), List.of());
        try (Client client = broker(link, house)) {
            Client.until("it listens", () -> !link.listeners.isEmpty());
            link.say("telemetry/lamp/state", "on");
            link.say("homeassistant/light/lamp/config", "{}");
            assertEquals(
                    "{\"telemetry\":{\"lamp\":{\"state\":\"on\"}}}",
                    client.model.state().toJson().toString());
            assertEquals(
                    "{\"state\":\"on\"}",
                    client.model.state().device("lamp").orElseThrow().state().toString());
            Instant now = Instant.now();
            assertFalse(client.model.state().asOf().isBefore(now));
            client.model.update("home/hall", JsonNumber.of(1));
            assertEquals(Optional.of(JsonNumber.of(1)), client.model.state().get("home/hall"));
            CommandResult sent = client.model.command("lamp", JsonObject.of("brightness", JsonNumber.of(40)));
            assertEquals(CommandResult.Status.SENT, sent.status());
            assertEquals(List.of("home/hall=1 retained", "lamp/brightness/set=40"), link.published());
            link.say("home/hall", "");
            assertTrue(client.model.state().get("home/hall").isEmpty());

            link.connected = false;
            link.listeners.forEach(listener -> listener.disconnected());
            Instant lost = client.model.state().asOf();
            Client.until("time goes on", () -> Instant.now().isAfter(lost.plusMillis(20)));
            assertEquals(lost, client.model.state().asOf());
            WorldModelException e = assertThrows(
                    WorldModelException.class, () -> client.model.update("home/hall", new JsonString("x")));
            assertTrue(e.getMessage().contains("the broker mqtt://broker:1883 is away"), e.getMessage());
        }
    }

    @Test
    void aServiceThatComesTakesTheBrokersPlace() throws Exception {
        TestLink link = new TestLink();
        try (MockWebServer server = server(request -> new MockResponse.Builder()
                        .addHeader("Content-Type", "text/event-stream")
                        .body(SNAPSHOT + ": alive\n\n".repeat(2000))
                        .throttleBody(2000, 100, TimeUnit.MILLISECONDS)
                        .build());
                Client client = broker(link, House.EMPTY)) {
            Client.until("it listens", () -> !link.listeners.isEmpty());
            link.say("b", "2");
            client.directory.instances.add(server.url("/").uri());
            client.untilState("{\"a\":1}");
            Client.until("it listens no more", link.listeners::isEmpty);
            client.directory.instances.clear();
            Client.until("it listens again", () -> !link.listeners.isEmpty());
            link.say("b", "3");
            assertEquals("{\"a\":1,\"b\":3}", client.model.state().toJson().toString());
        }
    }
}
