package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Await;
import io.pipecat.testkit.Consul;
import io.pipecat.testkit.Mosquitto;
import io.pipecat.testkit.MosquittoSubscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An edge runtime in a cluster. Its jars are partly linked in and partly beside, and Java was cut down to what they need: only use shows
 * that nothing is missing.
 */
class EdgeNodeTest {
    private static final String SWITCH_ON = """
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"world_model__command","arguments":"{\\"target\\":\\"kitchen light\\",\\"state\\":\\"on\\"}"}}]}}]}

            data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]

            """;
    private static final String DONE = """
            data: {"choices":[{"delta":{"content":"The kitchen light is on."},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    @TempDir
    private Path folder;

    private static MockResponse events(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(body)
                .build();
    }

    private Pipecat edge() throws Exception {
        return new Pipecat(folder)
                .program(Archive.unpack("edge", folder).resolve("bin/pipecat"))
                .with("LLM_MODEL", "any");
    }

    @Test
    void findsItsModelThroughConsulAndTellsTheBroker() throws Exception {
        try (Consul consul = Consul.start(folder);
                Mosquitto broker = Mosquitto.in(folder).start();
                MosquittoSubscriber outside = broker.subscribe("#");
                MockWebServer llm = new MockWebServer()) {
            llm.enqueue(events(SWITCH_ON));
            llm.enqueue(events(DONE));
            llm.start();
            consul.register("llamacpp-rpc-api", "llm-1", llm.getHostName(), llm.getPort());
            Pipecat.Result result = edge().with("CONSUL_HOST", consul.host())
                    .with("CONSUL_PORT", Integer.toString(consul.port()))
                    .with("MQTT_HOST", "127.0.0.1")
                    .with("MQTT_PORT", Integer.toString(broker.port()))
                    .run("ask", "Turn on the kitchen light.");
            assertEquals("The kitchen light is on.\n", result.out(), result.err());
            llm.takeRequest();
            String second = String.valueOf(llm.takeRequest().getBody().utf8());
            assertTrue(second.contains("\"role\":\"tool\"") && second.contains("kitchen_light"), second);
            // What the demo house does is of no use to others; that this node is there is.
            Await.until(
                    () -> "the broker hears of the node, not just " + outside.lines(),
                    Duration.ofSeconds(20),
                    () -> outside.lines().stream().anyMatch(line -> line.endsWith("/availability online")));
        }
    }

    @Test
    void storeThatIsNoStoreIsPutAsideInASentence() throws Exception {
        Pipecat edge = edge().with("LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:9/v1");
        assertEquals(0, edge.run("topology").code());
        Path store;
        try (Stream<Path> files = Files.walk(edge.stateDir())) {
            store = files.filter(file -> file.endsWith("state.mv")).findFirst().orElseThrow();
        }
        Files.writeString(store, "no store at all");
        Pipecat.Result result = edge.run("topology");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.err().contains("state.mv") && !result.err().contains("\tat "), result.err());
    }
}
