package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.testkit.Await;
import io.pipecat.testkit.Consul;
import io.pipecat.testkit.Mosquitto;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same conversation in every topology: whoever calculates, switches and answers, and wherever, what is said is the same. Each node is
 * a process; what stands between them is a real Consul and a real broker. Where something ran is what the node that serves has counted.
 */
class TopologiesTest {
    private static final String CONVERSATION = """
            Hello
            What is 10 + 40?
            Turn on the kitchen light
            Is the kitchen light on?
            """;
    private static final String DATA = "data: ";
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
                // What is slow here is the machine.
                .with("CONSUL_TIMEOUT", "30s")
                .with("DISCOVERY_TIMEOUT", "90s")
                .with("MQTT_HOST", "127.0.0.1")
                .with("MQTT_PORT", Integer.toString(broker.port()))
                .with("LLAMA_API_KEY", KEY)
                .with("TOOL_SERVER_API_KEY", KEY);
    }

    /** What a node that serves needs on a machine where others serve too. */
    private static Pipecat serving(Pipecat node) {
        return node.with("WEB_PORT", "0")
                .with("LLM_PORT", "0")
                .with("TOOL_SERVER_PORT", "0")
                .with("WORLD_MODEL_PORT", "0")
                .with("CONSUL_CHECK_INTERVAL", "1s");
    }

    /** A node that serves until the test ends. */
    private static final class Serving implements AutoCloseable {
        private static final String LISTENING = "Listening on ";
        private static final Pattern COUNTED = Pattern.compile(
                "pipecat_http_requests_total\\{method=\"(.*?)\",route=\"(.*?)\",service=\"(.*?)\",status=\"200\"} (\\d+).*");

        private final Process process;
        private final HttpClient client = HttpClient.newHttpClient();
        private final URI address;

        Serving(Pipecat pipecat) throws IOException {
            process = pipecat.command("serve").redirectErrorStream(true).start();
            BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
            StringBuilder said = new StringBuilder();
            String listener = "";
            String line = log.readLine();
            while (line != null && !line.contains("Ready")) {
                said.append(line).append('\n');
                int at = line.indexOf(LISTENING);
                listener = at < 0 ? listener : line.substring(at + LISTENING.length());
                line = log.readLine();
            }
            assertTrue(line != null, "it ended before it was ready:\n" + said);
            address = URI.create(listener);
            // Nobody reads on: what it logs later must not fill the pipe.
            Thread.ofVirtual().start(() -> log.lines().forEach(rest -> {}));
        }

        Served served() {
            HttpRequest metrics =
                    HttpRequest.newBuilder(address.resolve("/metrics")).build();
            try {
                String body = client.send(metrics, HttpResponse.BodyHandlers.ofString())
                        .body();
                Served served = Served.NOTHING;
                for (String line : body.lines().toList()) {
                    Matcher counted = COUNTED.matcher(line);
                    if (counted.matches()) {
                        served = served.with(
                                counted.group(1) + " " + counted.group(2),
                                counted.group(3),
                                Integer.parseInt(counted.group(4)));
                    }
                }
                return served;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            client.shutdownNow();
        }
    }

    /** What a node has done for others: how often its model was asked, its tools were called, and its house was asked for anything. */
    private record Served(int model, int tools, int world) {
        static final Served NOTHING = new Served(0, 0, 0);

        Served with(String request, String service, int times) {
            return switch (service) {
                case "llm" -> request.equals("POST /v1/chat/completions") ? plus(times, 0, 0) : this;
                case "tools" -> request.equals("POST /run_tool/") ? plus(0, times, 0) : this;
                // Consul asks for its health.
                case "world-model" -> request.matches("GET /(health|metrics)") ? this : plus(0, 0, times);
                default -> this;
            };
        }

        private Served plus(int moreModel, int moreTools, int moreWorld) {
            return new Served(model + moreModel, tools + moreTools, world + moreWorld);
        }

        Served since(Served before) {
            return plus(-before.model, -before.tools, -before.world);
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
                    throw new UncheckedIOException(e);
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
        return checked(result.out().lines().toList(), result.err());
    }

    private static List<String> checked(List<String> answers, String log) {
        assertEquals(4, answers.size(), answers + log);
        assertTrue(answers.get(0).startsWith("Hello"), answers.toString());
        assertTrue(answers.get(1).contains("50"), answers.toString());
        assertTrue(answers.get(3).startsWith("Yes"), answers.toString());
        return answers;
    }

    /** The same conversation by the web listener of a node that serves. */
    private static List<String> converse(RunningNode node) throws Exception {
        List<String> answers = new ArrayList<>();
        JsonObject.Builder message = JsonObject.builder();
        for (String line : CONVERSATION.lines().toList()) {
            StringBuilder answer = new StringBuilder();
            String turn =
                    node.post("/api/chat", message.put("text", line).build().toString());
            for (String event :
                    turn.lines().filter(each -> each.startsWith(DATA)).toList()) {
                JsonObject data = Json.parseObject(event.substring(DATA.length()));
                answer.append(data.string("delta").orElse(""));
                data.string("conversation").ifPresent(id -> message.put("conversation", id));
            }
            answers.add(answer.toString());
        }
        return checked(answers, node.output());
    }

    /** How many calls of tools a node made, wherever they ran. */
    private static int toolCalls(Pipecat node) throws IOException {
        return Files.readAllLines(node.stateDir().resolve("audit/tool-calls.jsonl"))
                .size();
    }

    private static void awaitServed(Serving core, Served before, Predicate<Served> expected, String who) {
        // A request is counted when its answer is out, so whoever got that may have ended by then.
        Await.until(
                () -> who + " had this of the core node: " + core.served().since(before),
                PATIENCE,
                () -> expected.test(core.served().since(before)));
    }

    /** What a mid node without any cluster says: what all others are held against. */
    private List<String> alone(String name) throws Exception {
        return converse(node(name).with("LOCAL_LLM_MODEL_PATH", "builtin"));
    }

    private static void awaitLightOn(Pipecat node, String who) {
        AtomicReference<String> said = new AtomicReference<>("");
        // A command gives a house that is elsewhere a second to tell how it is, which on a busy machine may be too
        // short.
        Await.until(() -> "the kitchen light is on for " + who + ": " + said, PATIENCE, () -> {
            try {
                Pipecat.Result result = node.run("tools", "call", "world_model.query", "target=kitchen light");
                said.set(result.out() + result.err());
                return result.code() == 0 && result.out().contains("\"on\"");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
    }

    /** The core node of the README: it has everything, and serves it to whoever comes. */
    private Pipecat core(Consul consul, Mosquitto broker) throws IOException {
        return serving(inCluster(node("core"), consul, broker))
                .with("NODE_TIER", "core")
                .with("WORLD_MODEL_MODE", "local")
                .with("RUN_LOCAL_LLM", "true")
                .with("LOCAL_LLM_MODEL_PATH", "builtin");
    }

    private Mosquitto broker() throws Exception {
        return Mosquitto.in(Files.createDirectories(folder.resolve("broker"))).start();
    }

    @Test
    void aCoreNodeAloneSaysWhatAMidNodeAloneSays() throws Exception {
        List<String> expected = alone("mid");
        try (Consul consul = Consul.start(folder);
                Mosquitto broker = broker();
                RunningNode core = new RunningNode(core(consul, broker))) {
            awaitRegistered(consul, LLM, TOOLS, WORLD);
            assertEquals(expected, converse(core));
        }
    }

    @Test
    void anEdgeNodeWithEverythingOnACoreNodeSaysWhatAMidNodeSays() throws Exception {
        List<String> expected = alone("mid");
        try (Consul consul = Consul.start(folder);
                Mosquitto broker = broker();
                Serving core = new Serving(core(consul, broker))) {
            awaitRegistered(consul, LLM, TOOLS, WORLD);
            Pipecat edge = inCluster(node("edge"), consul, broker)
                    .with("NODE_TIER", "edge")
                    .with("TOOL_LOCATIONS", "calculator=remote");
            Served before = core.served();
            assertEquals(expected, converse(edge));
            awaitLightOn(edge, "the edge node");
            awaitServed(core, before, has -> has.model() > 0 && has.tools() == 1 && has.world() > 0, "the edge node");
        }
    }

    /** A mid node one of whose roles is elsewhere: what tells it so, and what a core node then does for it. */
    private record Moved(String role, Map<String, String> settings, BiPredicate<Served, Integer> served) {}

    private static final List<Moved> MOVED = List.of(
            new Moved(
                    "tools",
                    Map.of(
                            "TOOL_EXECUTION_MODE", "remote",
                            // Light ones go nowhere unless they are named.
                            "TOOL_LOCATIONS", "calculator=remote,world_model=remote"),
                    (has, calls) -> has.model() == 0 && has.tools() == calls && has.world() == 0),
            new Moved(
                    "llm",
                    Map.of("RUN_LOCAL_LLM", "false", "LOCAL_LLM_MODEL_PATH", ""),
                    (has, calls) -> has.model() > 0 && has.tools() == 0 && has.world() == 0),
            new Moved(
                    "world",
                    Map.of("WORLD_MODEL_MODE", "distributed"),
                    (has, calls) -> has.model() == 0 && has.tools() == 0 && has.world() > 0));

    @Test
    void eachRoleMovedToAnotherNodeChangesNothingThatIsSaid() throws Exception {
        List<String> expected = alone("mid");
        try (Consul consul = Consul.start(folder);
                Mosquitto broker = broker();
                Serving core = new Serving(core(consul, broker))) {
            awaitRegistered(consul, LLM, TOOLS, WORLD);
            for (Moved moved : MOVED) {
                Pipecat mid = inCluster(node("mid-without-" + moved.role()), consul, broker)
                        .with("NODE_TIER", "mid")
                        .with("LOCAL_LLM_MODEL_PATH", "builtin")
                        .with("TOOL_EXECUTION_MODE", "local")
                        .with("WORLD_MODEL_MODE", "local");
                moved.settings().forEach(mid::with);
                Served before = core.served();
                assertEquals(expected, converse(mid), "with " + moved.role() + " on the core node");
                awaitLightOn(mid, "the node without " + moved.role());
                int calls = toolCalls(mid);
                assertTrue(calls >= 4, "a sum, a command and two questions to the house, not " + calls);
                awaitServed(core, before, has -> moved.served().test(has, calls), "the node without " + moved.role());
            }
        }
    }
}
