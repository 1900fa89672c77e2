package io.pipecat.endpoint.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.server.JdkServerProvider;
import io.pipecat.testkit.node.TestNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools, clients and a node that end at the wrong moment. */
class McpHazardsTest {
    private static final String SLEEP = "{\"name\":\"house__sleep\",\"arguments\":{}%s}";
    private static final String PROGRESS = ",\"_meta\":{\"progressToken\":\"p\"}";

    @ParameterizedTest
    @ValueSource(strings = {"", PROGRESS})
    void aCallThatTheShutdownEndsIsToldToHaveRun(String meta) throws Exception {
        House house = new House();
        TestNode node = TestNode.builder()
                .settings(Map.of("access_log", "false"))
                .tools(Tool.annotated(house))
                .build();
        Binding binding = new Binding("mcp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (HttpEndpoint endpoint = new McpEndpointProvider().create(node);
                Listener listener = new JdkServerProvider().open(binding, endpoint, node);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + listener.address().getPort() + "/mcp"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream");
            String hello = TestClient.rpc("0", "initialize", "{\"protocolVersion\":\"2025-06-18\"}");
            String session = client.send(
                            request.POST(HttpRequest.BodyPublishers.ofString(hello))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Mcp-Session-Id")
                    .orElseThrow();
            String call = TestClient.rpc("1", "tools/call", SLEEP.formatted(meta));
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                    request.header("Mcp-Session-Id", session)
                            .POST(HttpRequest.BodyPublishers.ofString(call))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertTrue(house.started.tryAcquire(30, TimeUnit.SECONDS));
            listener.drain(Duration.ofMillis(50));
            assertTrue(house.interrupted.tryAcquire(30, TimeUnit.SECONDS));
            // A 503 would be taken for a call that never ran, and made again elsewhere.
            assertEquals(200, answer.get(30, TimeUnit.SECONDS).statusCode());
            String body = answer.get().body();
            assertTrue(body.contains("shutting down; what it did until then stays done"), body);
            assertTrue(body.contains("\"isError\":true"), body);
        }
    }

    @Test
    void theDeadlineEndsACallWhoseAnswerNobodyTakes() throws Exception {
        try (TestClient client = new TestClient(Map.of("tool_timeout", "200ms", "mcp_concurrency", "1"))) {
            client.initialize("2025-06-18");
            // The client goes before the stream begins, so its writer never runs.
            Response unsent = client.send(client.post(TestClient.rpc("1", "tools/call", SLEEP.formatted(PROGRESS))));
            assertInstanceOf(Response.Body.Stream.class, unsent.body());
            assertTrue(client.house.interrupted.tryAcquire(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void aResultWithoutEndIsRefused() throws Exception {
        try (TestClient client = new TestClient(Map.of())) {
            client.initialize("2025-06-18");
            JsonObject answer = client.call("house__everything", "{}");
            assertTrue(answer.toString().contains("mcp_result_limit"), answer::toString);
            assertTrue(answer.toString().contains("\"isError\":true"), answer::toString);
        }
    }
}
