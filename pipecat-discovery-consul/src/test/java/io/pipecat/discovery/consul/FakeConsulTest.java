package io.pipecat.discovery.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.discovery.ServiceRegistry;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.node.TestNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Consul does not do on demand. */
class FakeConsulTest {
    private static final ServiceName LLM = ServiceName.LLM;

    private final MockWebServer server = new MockWebServer();
    private final Queue<MockResponse> answers = new ConcurrentLinkedQueue<>();
    private final List<Optional<String>> indexes = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                indexes.add(Optional.ofNullable(request.getUrl().queryParameter("index")));
                tokens.add(String.valueOf(request.getHeaders().get("X-Consul-Token")));
                MockResponse answer = answers.poll();
                if (answer == null) {
                    end.await(30, TimeUnit.SECONDS);
                    return new MockResponse.Builder().code(500).build();
                }
                return answer;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.close();
    }

    private ServiceDiscovery discovery(String... more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("consul_timeout", "20s", "consul_http_token", "s3cret"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new ConsulDiscoveryProvider().create(Nodes.of("127.0.0.1", server.getPort(), settings));
    }

    private static MockResponse instances(String index, String address) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .setHeader("X-Consul-Index", index)
                .body(
                        "[{\"Node\": {\"Node\": \"n\", \"Address\": \"10.9.9.9\"}, \"Service\": {\"ID\": \"a\", \"Service\": \""
                                + LLM + "\", \"Tags\": [], \"Meta\": {}, \"Port\": 8080, \"Address\": \"" + address
                                + "\"}, \"Checks\": []}]")
                .build();
    }

    private static MockResponse status(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }

    private String failure(String... settings) throws Exception {
        try (ServiceDiscovery discovery = discovery(settings)) {
            String message = assertThrows(DiscoveryException.class, () -> discovery.find(LLM))
                    .getMessage();
            assertFalse(message.contains("s3cret"), message);
            return message;
        }
    }

    @Test
    void hangingOneIsGivenUpInTime() throws Exception {
        assertTrue(failure("consul_timeout", "1s").contains("does not answer in time (CONSUL_TIMEOUT)"));
    }

    @Test
    void answerThatDripsIsGivenUpInTime() throws Exception {
        answers.add(instances("1", "10.0.0.1")
                .newBuilder()
                .throttleBody(1, 200, TimeUnit.MILLISECONDS)
                .build());
        assertTrue(failure("consul_timeout", "1s").contains("does not answer in time (CONSUL_TIMEOUT)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | No cluster leader | answers 500: No cluster leader",
                "429 | Too many | has too many connections from this machine (429: Too many",
                "403 | ACL not found | refuses the token of CONSUL_HTTP_TOKEN (403: ACL not found)",
                "200 | <html>hello</html> | answers with what Consul would not",
                "200 | [{\"Node\": 1}] | answers with what Consul would not",
            })
    void badAnswerIsPutIntoWords(int status, String body, String words) throws Exception {
        answers.add(status(status, body));
        String message = failure();
        assertTrue(message.contains(words), message);
    }

    @Test
    void tokenDoesNotFollowARedirection() throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            answers.add(new MockResponse.Builder()
                    .code(307)
                    .setHeader("Location", elsewhere.url("/v1/stolen").toString())
                    .build());
            String message = failure();
            assertTrue(message.contains("answers with a redirection (307: to http://"), message);
            assertEquals(0, elsewhere.getRequestCount());
        }
        assertEquals("s3cret", tokens.getFirst());
    }

    @Test
    void indexThatGoesBackwardsBeginsAnew() throws Exception {
        answers.add(instances("100", "10.0.0.1"));
        answers.add(instances("7", "10.0.0.2"));
        answers.add(instances("7", "10.0.0.3"));
        try (ServiceDiscovery discovery = discovery()) {
            discovery.find(LLM);
            Await.until("all are taken", () -> indexes.size() == 4);
            assertEquals(List.of(Optional.empty(), Optional.of("100"), Optional.empty(), Optional.of("7")), indexes);
            assertEquals("10.0.0.3", discovery.find(LLM).orElseThrow().uri().getHost());
        }
    }

    @Test
    void indexBeyondALongIsGivenBackAsItCame() throws Exception {
        String huge = "99999999999999999999999999";
        answers.add(instances(huge, "10.0.0.1"));
        try (ServiceDiscovery discovery = discovery()) {
            assertEquals("10.0.0.1", discovery.find(LLM).orElseThrow().uri().getHost());
            Await.until("it is asked for news", () -> indexes.size() == 2);
            assertEquals(Optional.of(huge), indexes.getLast());
        }
    }

    @Test
    void indexThatIsNoneIsAnAnswerThatConsulWouldNotGive() throws Exception {
        answers.add(instances("soon", "10.0.0.1"));
        assertTrue(failure().contains("answers with what Consul would not"));
    }

    @Test
    void oneThatDoesNotWaitIsNotAskedWithoutPause() throws Exception {
        for (int i = 0; i < 1000; i++) {
            answers.add(instances("5", "10.0.0.1"));
        }
        try (ServiceDiscovery discovery = discovery()) {
            long begun = System.nanoTime();
            discovery.find(LLM);
            Await.until("it was asked a few times", () -> indexes.size() >= 5);
            assertTrue(System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(300), "five questions in no time");
        }
    }

    @Test
    void recoversFromFailuresByItself() throws Exception {
        answers.add(instances("5", "10.0.0.1"));
        answers.add(status(500, "oops"));
        answers.add(status(500, "oops"));
        answers.add(instances("6", "10.0.0.2"));
        try (ServiceDiscovery discovery = discovery()) {
            discovery.find(LLM);
            Await.until(
                    "the new one is known",
                    () -> discovery.find(LLM).orElseThrow().uri().getHost().equals("10.0.0.2"));
            assertEquals(Optional.empty(), indexes.get(3), "after a failure nothing is waited for");
        }
    }

    @Test
    void registrationHoldsTheCheckByWhichConsulCleansUpAfterACrash() throws Exception {
        List<JsonObject> registered = new CopyOnWriteArrayList<>();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                if (path.equals("/v1/agent/service/register")) {
                    try {
                        registered.add(Json.parseObject(
                                Objects.requireNonNull(request.getBody()).utf8()));
                    } catch (JsonException e) {
                        return status(400, e.getMessage());
                    }
                }
                return new MockResponse.Builder()
                        .setHeader("Content-Type", "application/json")
                        .body("{}")
                        .build();
            }
        });
        TestNode node = Nodes.of(
                "127.0.0.1", server.getPort(), Map.of("consul_check_interval", "3s", "consul_deregister_after", "2m"));
        try (ServiceRegistry registry = new ConsulDiscoveryProvider().createRegistry(node)) {
            registry.register(ServiceName.TOOL_SERVER, URI.create("https://10.0.0.5:8001"), "/health");
            Await.until("it is registered", () -> !registered.isEmpty());
        }
        JsonObject registration = registered.getFirst();
        assertEquals("tool-server-api-10.0.0.5-8001", registration.string("Id").orElseThrow());
        assertEquals("10.0.0.5", registration.string("Address").orElseThrow());
        JsonObject meta = registration.object("Meta").orElseThrow();
        assertEquals(TestNode.INSTANCE, meta.string(Found.INSTANCE).orElseThrow());
        assertEquals("https", meta.string(Found.SCHEME).orElseThrow());
        JsonObject check = registration.object("Check").orElseThrow();
        assertEquals("https://10.0.0.5:8001/health", check.string("HTTP").orElseThrow());
        assertEquals("3000ms", check.string("Interval").orElseThrow());
        assertEquals("5000ms", check.string("Timeout").orElseThrow());
        assertEquals("120000ms", check.string("DeregisterCriticalServiceAfter").orElseThrow());
        assertEquals("passing", check.string("Status").orElseThrow());
    }
}
