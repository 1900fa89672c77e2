package io.pipecat.worldmodel.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.StateChange;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.house.House;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Toward the predecessor's service, played from what was recorded of it. */
class PredecessorTest {
    /** As recorded, but for the payload that is not UTF-8. */
    private static final String STATE =
            "{\"j\":{\"num\":21.5,\"str\":\"hello\",\"obj\":{\"a\":1},\"bool\":true,\"null\":null,\"nan\":\"x\","
                    + "\"empty\":\"\"},\"\":{\"lead\":{\"slash\":1}},\"a\":{\"\":{\"b\":2}},\"uni\":{\"é\":\"ü\"}}";

    private final MockWebServer server = new MockWebServer();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> settings = Map.of("world_model_poll", "100ms", "world_model_api_key", "k1,k2");
    private volatile String state = STATE;
    private volatile int dispatchStatus = 200;
    private volatile String dispatchBody = "{\"EvalID\":\"e1\",\"DispatchedJobID\":\"llamacpp-batch/dispatch-1\"}";

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String body = request.getBody() == null ? "" : request.getBody().utf8();
                String path = request.getUrl().encodedPath();
                asked.add(request.getMethod() + " " + path + " " + body);
                boolean get = request.getMethod().equals("GET");
                return switch (path) {
                    case "/state" -> get ? json(200, state) : json(405, "{\"detail\":\"Method Not Allowed\"}");
                    case "/dispatch-job" -> json(dispatchStatus, dispatchBody);
                    default -> json(404, "{\"detail\":\"Not Found\"}");
                };
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static MockResponse json(int code, String body) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private URI uri() {
        return server.url("/").uri();
    }

    private Client client() {
        return new Client(uri(), settings);
    }

    @Test
    void itsStateIsReadAndHowOldItIsSaid() throws Exception {
        Instant begun = Instant.now();
        try (Client client = client()) {
            Client.until(
                    "the state came", () -> client.model.state().get("j/num").isPresent());
            assertEquals(
                    Optional.of(new JsonNumber("21.5")), client.model.state().get("j/num"));
            assertEquals(Optional.of(JsonNumber.of(1)), client.model.state().get("/lead/slash"));
            assertEquals(Optional.of(JsonNumber.of(2)), client.model.state().get("a//b"));
            assertEquals(
                    "{\"é\":\"ü\"}",
                    client.model.state().get("uni").orElseThrow().toString());
            Client.until("it is as of now", () -> !client.model.state().asOf().isBefore(begun));
            assertEquals("Bearer k1", server.takeRequest().getHeaders().get("Authorization"));
        }
    }

    @Test
    void whatChangesIsSeenAndDevicesFollowFromTheirTopics() throws Exception {
        state = "{\"telemetry\":{\"lamp\":{\"state\":\"off\",\"brightness\":40}},\"x\":1}";
        try (Client client = client()) {
            Client.until("the state came", () -> client.model.state().get("x").isPresent());
            Device lamp = client.model.state().device("lamp").orElseThrow();
            assertEquals("{\"brightness\":40,\"state\":\"off\"}", lamp.state().toString());
            BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
            try (Subscription watch = client.model.watch("telemetry/#", changes::add)) {
                assertTrue(watch != null);
                state = "{\"telemetry\":{\"lamp\":{\"state\":\"on\"}},\"x\":2}";
                StateChange gone = changes.poll(60, TimeUnit.SECONDS);
                StateChange on = changes.poll(60, TimeUnit.SECONDS);
                assertEquals("telemetry/lamp/brightness", gone.topic());
                assertTrue(gone.after().isEmpty());
                assertEquals(Optional.of(new JsonString("off")), on.before());
                assertEquals(Optional.of(new JsonString("on")), on.after());
            }
        }
    }

    @Test
    void whatItDoesNotTakeIsSaid() throws Exception {
        try (Client client = client()) {
            Client.until("it is followed", () -> client.connected() == 1);
            WorldModelException e =
                    assertThrows(WorldModelException.class, () -> client.model.update("home/hall", JsonNumber.of(1)));
            assertTrue(
                    e.getMessage()
                            .startsWith("\"home/hall\" could not be told: the world model service takes none, and"
                                    + " there is no broker either (mqtt_host is not set)."),
                    e.getMessage());
            e = assertThrows(
                    WorldModelException.class, () -> client.model.command("lampe", JsonObject.of("state", "on")));
            assertTrue(e.getMessage().contains("There is no device 'lampe'"), e.getMessage());
            assertTrue(asked.stream().noneMatch(each -> each.startsWith("POST /command")), asked.toString());
        }
    }

    @Test
    void whereThereIsABrokerItIsToldThere() throws Exception {
        TestLink link = new TestLink();
        try (Client client = new Client(List.of(uri()), settings, Optional.of(link), House.EMPTY)) {
            Client.until("it is followed", () -> client.connected() == 1);
            client.model.update("home/hall", new JsonString("warm"));
            client.model.remove("home/hall");
            assertEquals(List.of("home/hall=warm retained", "home/hall= retained"), link.published());
        }
    }

    @Test
    void refreshAsksAtOnce() throws Exception {
        Map<String, String> rarely = Map.of("world_model_poll", "1h");
        try (Client client = new Client(uri(), rarely)) {
            Client.until("it is followed", () -> client.connected() == 1);
            state = "{\"x\":2}";
            client.model.refresh();
            assertEquals("{\"x\":2}", client.model.state().toJson().toString());
        }
    }

    @Test
    void jobsGoThroughIt() throws Exception {
        JobRequest job = new JobRequest("m", "p", 1000, 4096, 1, "c");
        try (Client client = client()) {
            assertEquals(
                    "e1", client.model.dispatch(job).answer().string("EvalID").orElse(""));
            assertTrue(
                    asked.contains("POST /dispatch-job {\"model_name\":\"m\",\"prompt\":\"p\",\"cpu\":1000,"
                            + "\"memory\":4096,\"gpu_count\":1,\"context\":\"c\"}"),
                    asked.toString());
            dispatchStatus = 404;
            dispatchBody = "{\"detail\":\"job not found\"}";
            JobRefusedException refused = assertThrows(JobRefusedException.class, () -> client.model.dispatch(job));
            assertEquals(404, refused.status());
            assertEquals("job not found", refused.getMessage());
            dispatchStatus = 500;
            dispatchBody = "Internal Server Error";
            WorldModelException failed = assertThrows(WorldModelException.class, () -> client.model.dispatch(job));
            assertInstanceOf(JobRefusedException.class, failed);
            assertTrue(failed.getMessage().contains("it answered 500: \"Internal Server Error\""), failed.getMessage());
        }
    }
}
