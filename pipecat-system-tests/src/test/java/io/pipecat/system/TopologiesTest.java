package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Await;
import io.pipecat.testkit.Consul;
import io.pipecat.testkit.Mosquitto;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same conversation in every topology: whoever calculates, switches and answers, and wherever, what is said is the same. Each node is
 * a process; what stands between them is a real Consul and a real broker.
 */
class TopologiesTest {
    private static final String CONVERSATION = """
            Hello
            What is 10 + 40?
            Turn on the kitchen light
            Is the kitchen light on?
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "a-key-of-this-test";
    private static final String LLM = "llamacpp-rpc-api";
    private static final String TOOLS = "tool-server-api";
    private static final String WORLD = "world-model-api";
    private static final String HOUSE = """
            locations:
              - {id: kitchen, name: Kitchen}
            devices:
              - {id: kitchen_light, name: Kitchen light, type: light, location_id: kitchen, state: {state: "off"}, simulated: true}
            """;

    @TempDir
    private Path folder;

    private Pipecat node(String name) throws IOException {
        Path house = Files.writeString(folder.resolve("house.yaml"), HOUSE);
        return new Pipecat(Files.createDirectories(folder.resolve(name)))
                .with("NODE_NAME", name)
                .with("ONTOLOGY_PATH", house.toString());
    }

    private static Pipecat inCluster(Pipecat node, Consul consul, Mosquitto broker) {
        return node.with("DEPLOYMENT_MODE", "distributed")
                .with("CONSUL_HOST", consul.host())
                .with("CONSUL_PORT", Integer.toString(consul.port()))
                .with("MQTT_HOST", "127.0.0.1")
                .with("MQTT_PORT", Integer.toString(broker.port()))
                .with("LLAMA_API_KEY", KEY)
                .with("TOOL_SERVER_API_KEY", KEY);
    }

    /** What a node that serves needs on a machine where others serve too. */
    private static Pipecat serving(Pipecat node, String services) {
        return node.with("SERVE", services)
                .with("WEB_PORT", "0")
                .with("LLM_PORT", "0")
                .with("TOOL_SERVER_PORT", "0")
                .with("WORLD_MODEL_PORT", "0")
                .with("CONSUL_CHECK_INTERVAL", "1s");
    }

    /** A node that serves until the test ends. */
    private static final class Serving implements AutoCloseable {
        private final Process process;

        Serving(Pipecat pipecat) throws IOException {
            process = pipecat.command("serve").redirectErrorStream(true).start();
            BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
            StringBuilder said = new StringBuilder();
            String line = log.readLine();
            while (line != null && !line.contains("Ready")) {
                said.append(line).append('\n');
                line = log.readLine();
            }
            assertTrue(line != null, "it ended before it was ready:\n" + said);
            // Nobody reads on: what it logs later must not fill the pipe.
            Thread.ofVirtual().start(() -> log.lines().forEach(rest -> {}));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static void awaitRegistered(Consul consul, String... services) {
        for (String service : services) {
            Await.until(service + " passes in Consul", PATIENCE, () -> {
                try {
                    String found = consul.request("GET", "/v1/health/service/" + service + "?passing", "")
                            .body()
                            .strip();
                    return !found.equals("[]");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            });
        }
    }

    private static List<String> converse(Pipecat node) throws Exception {
        Pipecat.Result result = node.typing(CONVERSATION).run("chat");
        assertEquals(0, result.code(), result.err());
        List<String> answers = result.out().lines().toList();
        assertEquals(4, answers.size(), result.out() + result.err());
        assertTrue(answers.get(0).startsWith("Hello"), answers.toString());
        assertTrue(answers.get(1).contains("50"), answers.toString());
        assertTrue(answers.get(3).startsWith("Yes"), answers.toString());
        return answers;
    }

    /** What a mid node without any cluster says: what all others are held against. */
    private List<String> alone(String name) throws Exception {
        return converse(node(name).with("LOCAL_LLM_MODEL_PATH", "builtin"));
    }

    private static String kitchenLight(Pipecat node) throws Exception {
        Pipecat.Result result = node.run("tools", "call", "world_model.query", "target=kitchen light");
        assertEquals(0, result.code(), result.err());
        return result.out();
    }

    @Test
    void aMidNodeAloneAndACoreNodeAloneSayTheSame() throws Exception {
        Pipecat core = node("core").with("NODE_TIER", "core").with("LOCAL_LLM_MODEL_PATH", "builtin");
        assertEquals(alone("mid"), converse(core));
        assertTrue(kitchenLight(core).contains("\"on\""));
    }

    @Test
    @SuppressWarnings("try") // the core node is there to be used by others
    void anEdgeNodeWithEverythingOnACoreNodeSaysWhatAMidNodeSays() throws Exception {
        try (Consul consul = Consul.start(folder);
                Mosquitto broker = Mosquitto.in(Files.createDirectories(folder.resolve("broker")))
                        .start();
                Serving core = new Serving(serving(
                        inCluster(node("core"), consul, broker)
                                .with("NODE_TIER", "core")
                                .with("WORLD_MODEL_MODE", "local")
                                .with("LOCAL_LLM_MODEL_PATH", "builtin"),
                        "llm,tools,world-model"))) {
            awaitRegistered(consul, LLM, TOOLS, WORLD);
            Pipecat edge = inCluster(node("edge"), consul, broker).with("NODE_TIER", "edge");
            assertEquals(alone("mid"), converse(edge));
            assertTrue(kitchenLight(edge).contains("\"on\""), "the house of the core node");
        }
    }

    @Test
    @SuppressWarnings("try") // the core node is there to be used by others
    void eachRoleMovedToAnotherNodeChangesNothingThatIsSaid() throws Exception {
        List<String> expected = alone("mid");
        try (Consul consul = Consul.start(folder);
                Mosquitto broker = Mosquitto.in(Files.createDirectories(folder.resolve("broker")))
                        .start();
                Serving core = new Serving(serving(
                        inCluster(node("core"), consul, broker)
                                .with("NODE_TIER", "core")
                                .with("WORLD_MODEL_MODE", "local")
                                .with("LOCAL_LLM_MODEL_PATH", "builtin"),
                        "llm,tools,world-model"))) {
            awaitRegistered(consul, LLM, TOOLS, WORLD);
            Map<String, Map<String, String>> moved = new LinkedHashMap<>();
            moved.put("tools", Map.of("TOOL_EXECUTION_MODE", "remote"));
            moved.put("llm", Map.of("LOCAL_LLM_MODEL_PATH", ""));
            moved.put("world", Map.of("WORLD_MODEL_MODE", "distributed"));
            for (Map.Entry<String, Map<String, String>> role : moved.entrySet()) {
                Pipecat mid = inCluster(node("mid-without-" + role.getKey()), consul, broker)
                        .with("NODE_TIER", "mid")
                        .with("LOCAL_LLM_MODEL_PATH", "builtin")
                        .with("TOOL_EXECUTION_MODE", "local")
                        .with("WORLD_MODEL_MODE", "local");
                role.getValue().forEach(mid::with);
                assertEquals(expected, converse(mid), "with " + role.getKey() + " on the core node");
                assertTrue(kitchenLight(mid).contains("\"on\""), role.getKey());
            }
        }
    }
}
