package io.pipecat.endpoint.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.Authenticator.Decision;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpEndpointTest {

    private static TestClient client(Map<String, String> settings) throws Exception {
        TestClient client = new TestClient(settings);
        client.initialize("2025-06-18");
        return client;
    }

    private static String textOf(JsonObject answer) {
        return answer.object("result")
                .flatMap(result -> result.array("content"))
                .flatMap(content -> content.objects().findFirst())
                .flatMap(block -> block.string("text"))
                .orElseThrow(() -> new AssertionError(answer.toString()));
    }

    private static boolean isError(JsonObject answer) {
        return answer.object("result").flatMap(result -> result.bool("isError")).orElseThrow();
    }

    private static String error(JsonObject answer) {
        JsonObject error = answer.object("error").orElseThrow(() -> new AssertionError(answer.toString()));
        return error.number("code").orElseThrow() + " "
                + error.string("message").orElseThrow();
    }

    @Test
    void isFound() {
        assertTrue(ServiceLoader.load(EndpointProvider.class).stream()
                .anyMatch(provider -> provider.type() == McpEndpointProvider.class));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2099-01-01, 2025-11-25"
    })
    void versionsAreNegotiated(String wanted, String agreed) throws Exception {
        try (TestClient client = new TestClient(Map.of())) {
            JsonObject result =
                    TestClient.json(client.initialize(wanted)).object("result").orElseThrow();
            assertEquals(Optional.of(agreed), result.string("protocolVersion"));
            assertTrue(client.session().length() >= 32, client.session());
        }
    }

    @Test
    void harmlessToolsAreListedAndCalled() throws Exception {
        try (TestClient client = client(Map.of())) {
            JsonObject list = client.request("tools/list", "{}");
            List<JsonObject> tools = list.object("result")
                    .orElseThrow()
                    .array("tools")
                    .orElseThrow()
                    .objects()
                    .toList();
            assertEquals(
                    List.of(
                            "house__add",
                            "house__break_down",
                            "house__count",
                            "house__everything",
                            "house__fail",
                            "house__greet",
                            "house__sleep"),
                    tools.stream()
                            .map(tool -> tool.string("name").orElseThrow())
                            .toList());
            assertTrue(tools.getFirst().object("inputSchema").orElseThrow().has("properties"));
            JsonObject sum = client.call("house__add", "{\"a\":2,\"b\":3}");
            assertFalse(isError(sum));
            assertEquals("{\"sum\":5,\"of\":[2,3]}", textOf(sum));
            assertTrue(sum.object("result").orElseThrow().has("structuredContent"));
            assertEquals("Hello, Ä\u2028!", textOf(client.call("house__greet", "{\"name\":\"Ä\u2028\"}")));
        }
    }

    @Test
    void anOldClientGetsNoStructuredContent() throws Exception {
        try (TestClient client = new TestClient(Map.of())) {
            client.initialize("2025-03-26");
            JsonObject sum = client.call("house__add", "{\"a\":2,\"b\":3}");
            assertFalse(sum.object("result").orElseThrow().has("structuredContent"));
        }
    }

    @Test
    void sensitiveToolsAreServedOnlyIfListed() throws Exception {
        try (TestClient client = client(Map.of())) {
            assertEquals(
                    "-32602 house.burn is sensitive, and mcp_allow does not list it.",
                    error(client.call("house__burn", "{}")));
        }
        for (String allow : List.of("house.burn", "house", "x,house.burn")) {
            try (TestClient client = client(Map.of("mcp_allow", allow))) {
                assertEquals("burnt", textOf(client.call("house__burn", "{}")));
                assertTrue(client.request("tools/list", "{}").toString().contains("\"destructiveHint\":true"));
            }
        }
    }

    @Test
    void failuresAreWordsForTheModelAndNoStackTrace() throws Exception {
        try (TestClient client = client(Map.of())) {
            JsonObject failed = client.call("house__fail", "{}");
            assertTrue(isError(failed));
            assertEquals("The door is locked; find the key.", textOf(failed));
            JsonObject broken = client.call("house__break_down", "{}");
            assertTrue(isError(broken));
            assertFalse(broken.toString().contains("secret detail"), broken::toString);
            JsonObject wrong = client.call("house__add", "{\"a\":\"x\"}");
            assertTrue(isError(wrong));
            assertTrue(textOf(wrong).contains("for 'a'"), wrong::toString);
            assertTrue(error(client.call("house__great", "{}")).endsWith("Did you mean 'house__greet'?"));
            assertTrue(error(client.request("resources/list", "{}")).startsWith("-32601"));
            assertTrue(error(client.request("tools/list", "{\"cursor\":\"x\"}")).startsWith("-32602"));
        }
    }

    @Test
    void progressIsStreamed() throws Exception {
        try (TestClient client = client(Map.of())) {
            Response response = client.send(client.post(TestClient.rpc(
                    "\"a\"",
                    "tools/call",
                    "{\"name\":\"house__count\",\"arguments\":{\"to\":2},\"_meta\":{\"progressToken\":\"p\"}}")));
            assertEquals("text/event-stream", response.headers().get("Content-Type"));
            List<JsonObject> events = TestClient.events(TestClient.text(response));
            assertEquals(3, events.size());
            assertEquals(
                    "{\"progressToken\":\"p\",\"progress\":2,\"message\":\"step 2\"}",
                    events.get(1).object("params").orElseThrow().toString());
            assertEquals(Optional.of("a"), events.get(2).string("id"));
            assertEquals("2", textOf(events.get(2)));
        }
    }

    @Test
    void cancellationInterruptsTheCall() throws Exception {
        try (TestClient client = client(Map.of())) {
            CompletableFuture<JsonObject> answer = inBackground(client);
            assertTrue(client.house.started.tryAcquire(30, TimeUnit.SECONDS));
            Response accepted = client.send(client.post(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}"));
            assertEquals(202, accepted.status());
            assertTrue(client.house.interrupted.tryAcquire(30, TimeUnit.SECONDS));
            assertTrue(error(answer.get(30, TimeUnit.SECONDS)).startsWith("-32800"));
        }
    }

    @Test
    void theEndOfASessionEndsItsCalls() throws Exception {
        try (TestClient client = client(Map.of())) {
            CompletableFuture<JsonObject> answer = inBackground(client);
            assertTrue(client.house.started.tryAcquire(30, TimeUnit.SECONDS));
            FakeRequest delete = new FakeRequest("DELETE", "").with("Mcp-Session-Id", client.session());
            assertEquals(204, client.send(delete).status());
            assertTrue(client.house.interrupted.tryAcquire(30, TimeUnit.SECONDS));
            assertTrue(error(answer.get(30, TimeUnit.SECONDS)).startsWith("-32800"));
            assertEquals(404, client.send(delete).status());
        }
    }

    @Test
    void theDeadlineEndsTheCall() throws Exception {
        try (TestClient client = client(Map.of("tool_timeout", "200ms"))) {
            JsonObject late = client.call("house__sleep", "{}");
            assertTrue(isError(late));
            assertTrue(textOf(late).contains("did not finish within 200 ms"), late::toString);
            assertTrue(client.house.interrupted.tryAcquire(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void oneToolTakesOnlySoManyCalls() throws Exception {
        try (TestClient client = client(Map.of("mcp_concurrency", "1"))) {
            CompletableFuture<JsonObject> first = inBackground(client);
            assertTrue(client.house.started.tryAcquire(30, TimeUnit.SECONDS));
            assertFalse(first.isDone());
            assertTrue(textOf(client.call("house__greet", "{\"name\":\"x\"}")).contains("busy"));
        }
    }

    private static CompletableFuture<JsonObject> inBackground(TestClient client) {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(client.call("house__sleep", "{}"));
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example:8002",
                "file://",
                "http://127.0.0.2"
            })
    void pagesFromElsewhereAreRefused(String origin) throws Exception {
        try (TestClient client = client(Map.of())) {
            assertEquals(
                    403,
                    client.send(client.post(TestClient.rpc("1", "ping", "{}")).with("Origin", origin))
                            .status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:6274", "http://127.0.0.1", "http://[::1]:3000", "https://Good.example"})
    void pagesOfThisMachineAndListedOnesMayCall(String origin) throws Exception {
        try (TestClient client = client(Map.of("mcp_allowed_origins", "https://good.example"))) {
            assertEquals(
                    200,
                    client.send(client.post(TestClient.rpc("1", "ping", "{}")).with("Origin", origin))
                            .status());
        }
    }

    @Test
    void sessionsBelongToTheirPrincipalAndEndWhenIdle() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        try (TestClient client = new TestClient(Map.of("mcp_session_idle", "10m"), Clock.systemUTC(), clock)) {
            client.initialize("2025-06-18");
            String ping = TestClient.rpc("1", "ping", "{}");
            assertEquals(200, client.send(client.post(ping)).status());
            assertEquals(404, client.send(client.post(ping).as("mcp-key-1")).status());
            assertEquals(400, client.send(new FakeRequest("POST", ping)).status());
            now.set(now.get().plusSeconds(599));
            assertEquals(200, client.send(client.post(ping)).status());
            now.set(now.get().plusSeconds(601));
            assertEquals(404, client.send(client.post(ping)).status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"a\":NaN}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"initialize\"}",
                "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"
            })
    void badMessagesAreRefused(String body) throws Exception {
        try (TestClient client = client(Map.of())) {
            Response response = client.send(client.post(body));
            assertEquals(400, response.status());
            assertTrue(TestClient.json(response).object("error").isPresent());
        }
    }

    @Test
    void headersAreChecked() throws Exception {
        try (TestClient client = client(Map.of())) {
            String ping = TestClient.rpc("1", "ping", "{}");
            assertEquals(
                    415,
                    client.send(client.post(ping).with("Content-Type", "text/plain"))
                            .status());
            assertEquals(
                    406,
                    client.send(client.post(ping).with("Accept", "text/html")).status());
            assertEquals(
                    200, client.send(client.post(ping).with("Accept", "*/*")).status());
            assertEquals(
                    400,
                    client.send(client.post(ping).with("MCP-Protocol-Version", "1999-01-01"))
                            .status());
            assertEquals(
                    200,
                    client.send(client.post(ping).with("MCP-Protocol-Version", "2025-06-18"))
                            .status());
            assertEquals(
                    202,
                    client.send(client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                            .status());
        }
    }

    @Test
    void keysAreAskedForIfThereAreAny() throws Exception {
        try (TestClient client = client(Map.of())) {
            assertEquals(
                    new Decision.Admitted("anonymous"),
                    client.endpoint.authenticator().decide(client.post("")));
            assertEquals(
                    Optional.of("mcp_api_key"), client.endpoint.authenticator().missingKeySetting());
        }
        try (TestClient client = client(Map.of("mcp_api_key", "old,new"))) {
            var authenticator = client.endpoint.authenticator();
            assertEquals(Optional.empty(), authenticator.missingKeySetting());
            assertInstanceOf(
                    Decision.Admitted.class,
                    authenticator.decide(client.post("").with("Authorization", "bearer  new")));
            for (String header : List.of("Bearer nope", "Bearer", "Basic new", "Bearer old,new", "")) {
                assertInstanceOf(
                        Decision.Refused.class,
                        authenticator.decide(client.post("").with("Authorization", header)),
                        header);
            }
        }
    }
}
