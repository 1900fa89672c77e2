package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Conversation;
import io.pipecat.agent.TurnFrame;
import io.pipecat.agent.TurnResult;
import io.pipecat.node.Node;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.Consul;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A core node that is the language model of an edge node: both whole, with every jar of the distribution and the built-in model. */
class CoreModelTest {
    /** A process holds one model for its life, so the core's is the same file in every test. */
    @TempDir
    private static Path state;

    @TempDir
    private Path folder;

    private Node core(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "deployment_mode", "distributed",
                "serve", "llm",
                "llm_port", "0",
                "llama_api_key", "the-key",
                "local_llm_model_path", "builtin",
                "world_model_mode", "local",
                "state_dir", state.resolve("core").toString()));
        settings.putAll(more);
        return Node.builder().settings("core", settings).build();
    }

    private Node edge(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "deployment_mode", "distributed",
                "node_tier", "edge",
                "llama_api_key", "the-key",
                "world_model_mode", "local",
                "tool_execution_mode", "local",
                "serve", "none",
                "state_dir", folder.resolve("edge").toString()));
        settings.putAll(more);
        return Node.builder().settings("edge", settings).build();
    }

    private static void calculates(Node edge) throws Exception {
        List<String> called = new ArrayList<>();
        try (Conversation conversation = edge.conversation().build()) {
            TurnResult result = conversation.send("What is 17 * 23?", frame -> {
                if (frame instanceof TurnFrame.ToolFinished finished && !finished.error()) {
                    called.add(finished.name());
                }
            });
            assertTrue(result.text().contains("391"), result::text);
            assertTrue(result.usage().completionTokens() > 0, "usage comes with the stream");
        }
        assertEquals(List.of("calculator.evaluate"), called, "the tool ran on the edge");
    }

    @Test
    void theEdgeAsksTheCoreAndRunsItsTools() throws Exception {
        try (Node core = core(Map.of("consul_host", "127.0.0.1", "consul_port", "1", "advertise", "false"))) {
            URI address = core.serve().getFirst().address();
            try (Node edge = edge(Map.of(
                    "llama_api_url_override", address.toString(), "consul_host", "127.0.0.1", "consul_port", "1"))) {
                calculates(edge);
                calculates(edge);
            }
            HttpResponse<String> refused = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address.resolve("/v1/models"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(401, refused.statusCode());
            assertEquals(
                    core.context().node().instanceId(),
                    refused.headers().firstValue("X-Pipecat-Instance").orElse(""));
        }
    }

    @Test
    void theEdgeFindsTheCoreByConsulAndNoLongerOnceItHasGone() throws Exception {
        try (Consul consul = Consul.start(folder)) {
            Map<String, String> there = Map.of(
                    "consul_host", consul.host(),
                    "consul_port", Integer.toString(consul.port()),
                    "consul_check_interval", "1s");
            try (Node core = core(there)) {
                core.serve();
                Await.until(
                        "it is registered",
                        Duration.ofSeconds(20),
                        () -> core.topology().roles().stream()
                                .anyMatch(role -> role.role().equals("registration:llm")
                                        && role.detail().startsWith("llamacpp-rpc-api at ")));
                try (Node edge = edge(there)) {
                    calculates(edge);
                }
                core.drain(Duration.ofSeconds(5));
                Await.until("it is taken back", Duration.ofSeconds(20), () -> {
                    try {
                        return consul.request("GET", "/v1/health/service/llamacpp-rpc-api?passing", "")
                                .body()
                                .strip()
                                .equals("[]");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
            }
        }
    }
}
