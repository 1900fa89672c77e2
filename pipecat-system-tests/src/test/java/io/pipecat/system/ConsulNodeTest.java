package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Conversation;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.Topology;
import io.pipecat.api.http.Listener;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.node.Node;
import io.pipecat.node.NodeBuilder;
import io.pipecat.testkit.Consul;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes on the class path, with every jar of the distribution and a real Consul. */
class ConsulNodeTest {
    private static final String KEY = "config/app/settings";
    private static final String CALL = """
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"probe__where","arguments":"{}"}}]}}]}

            data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]

            """;
    private static final String CATALOGUE = """
            {"probe": {"where": {"doc": "Where it runs.", "args": [], "schema": {"type": "object", "properties": {}},
             "sensitive": false, "placement": "normal"}}}""";

    @TempDir
    private Path folder;

    private final MockWebServer llm = new MockWebServer();
    private final MockWebServer toolServer = new MockWebServer();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private Consul consul;

    /** A tool that is here and on the tool server. */
    @ToolInfo(name = "probe", description = "Tells where it runs.")
    public static final class Probe {
        /** Tells it. */
        @ToolMethod("Where it runs.")
        public String where() {
            return "it ran here";
        }
    }

    @BeforeEach
    void start() throws Exception {
        consul = Consul.start(folder);
        llm.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                questions.add(String.valueOf(
                        request.getBody() == null ? "" : request.getBody().utf8()));
                String answer = answers.poll();
                return new MockResponse.Builder()
                        .setHeader("Content-Type", "text/event-stream")
                        .body(answer == null ? "" : answer)
                        .build();
            }
        });
        llm.start();
        toolServer.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                return new MockResponse.Builder()
                        .setHeader("Content-Type", "application/json")
                        .body(path.startsWith("/tools") ? CATALOGUE : "{\"result\": \"it ran there\"}")
                        .build();
            }
        });
        toolServer.start();
    }

    @AfterEach
    void stop() {
        consul.close();
        llm.close();
        toolServer.close();
    }

    private NodeBuilder builder(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("state_dir", folder.resolve("state").toString());
        settings.put("consul_host", consul.host());
        settings.put("consul_port", Integer.toString(consul.port()));
        settings.put("llama_api_url_override", llm.url("/v1").toString());
        settings.put("llm_model", "any");
        settings.put("tool_server_url", toolServer.url("/").toString());
        settings.put("tool_server_api_key", "key");
        settings.putAll(more);
        return Node.builder().settings("test", settings);
    }

    private static String says(String text) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: [DONE]\n\n";
    }

    private static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, "still not so: " + what);
            Thread.sleep(10);
        }
    }

    private static boolean isRemote(Node node) {
        return role(node, "tool:probe").implementation().equals("remote");
    }

    private static Topology.Role role(Node node, String name) {
        return node.topology().roles().stream()
                .filter(role -> role.role().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keyInConsulSwitchesWhereToolsRunInTheMiddleOfAConversation() throws Exception {
        try (Node node = builder(Map.of()).tool(new Probe()).build();
                Conversation conversation = node.conversation().build()) {
            List<NodeEvent> events = new CopyOnWriteArrayList<>();
            node.context().onEvent(events::add);
            until(
                    "the tool server's tools are known",
                    () -> node.tools().tools().size() > 0
                            && !role(node, "tool:probe").others().isEmpty());
            answers.addAll(List.of(CALL, says("So it was here.")));
            conversation.send("Where are you?", frame -> {});
            assertTrue(questions.getLast().contains("it ran here"), questions.getLast());

            consul.put(KEY, "{\"tool_execution_mode\": \"remote\"}");
            until("it has switched", () -> isRemote(node));
            answers.addAll(List.of(CALL, says("Now it was there.")));
            conversation.send("And now?", frame -> {});
            String last = questions.getLast();
            assertTrue(
                    last.contains("Where are you?")
                            && last.contains("So it was here.")
                            && last.contains("it ran there"),
                    last);
            until(
                    "that is told",
                    () -> events.stream()
                            .anyMatch(e -> e instanceof NodeEvent.SettingChanged changed
                                    && changed.message()
                                            .equals("tool_execution_mode is now remote (Consul " + KEY + ")")));

            consul.put(KEY, "{\"tool_execution_mode\":");
            until(
                    "it is told that this is no JSON",
                    () -> node.settings().remarks().stream()
                            .anyMatch(remark -> remark.contains("is not a JSON object")));
            assertTrue(isRemote(node), "the last good one holds");
            until(
                    "it is told as an event, too",
                    () -> events.stream()
                            .anyMatch(e -> e instanceof NodeEvent.Degraded degraded
                                    && degraded.message().contains("is not a JSON object")));

            consul.delete(KEY);
            until("the default holds again", () -> !isRemote(node));
            assertEquals(List.of(), node.settings().remarks());
        }
    }

    @Test
    void tellsWhatPinsASettingAndWhatIsNeverTakenFromConsul() throws Exception {
        consul.put(
                KEY,
                "{\"tool_execution_mode\": \"remote\", \"consul_host\": \"evil\", \"bind_address\": \"0.0.0.0\", \"nonsense\": 1,"
                        + " \"heavy_tools_mode\": \"somewhere\"}");
        try (Node node = builder(Map.of("tool_execution_mode", "local")).build()) {
            List<String> remarks = node.settings().remarks();
            for (String expected : List.of(
                    "sets tool_execution_mode, but test comes first",
                    "holds 'consul_host', which is never taken from there",
                    "holds 'bind_address', which is never taken from there",
                    "holds 'nonsense', which no module here knows",
                    "heavy_tools_mode (Consul " + KEY + "): 'somewhere'")) {
                assertTrue(remarks.stream().anyMatch(remark -> remark.contains(expected)), remarks.toString());
            }
            assertEquals(5, remarks.size());
        }
    }

    @Test
    void whatIsServedIsRegisteredShownAndTakenBackOnceItDrains() throws Exception {
        Map<String, String> serving = Map.of("serve", "tools", "tool_server_port", "0", "consul_check_interval", "1s");
        try (Node node = builder(serving).build()) {
            List<Listener> listeners = node.serve();
            URI address = listeners.getFirst().address();
            String passing = "/v1/health/service/tool-server-api?passing";
            until("it is found", () -> consul.request("GET", passing, "").body().contains("" + address.getPort()));
            assertEquals(
                    "tool-server-api at " + address,
                    role(node, "registration:tools").detail());
            node.drain(Duration.ofSeconds(5));
            assertEquals("[]", consul.request("GET", passing, "").body().strip());
        }
    }

    @Test
    void nodeIsNotRegisteredIfItIsNotToBe() throws Exception {
        Map<String, String> serving = Map.of("serve", "tools", "tool_server_port", "0", "advertise", "false");
        try (Node node = builder(serving).build()) {
            node.serve();
            List<String> roles = new ArrayList<>();
            node.topology().roles().forEach(role -> roles.add(role.role()));
            assertTrue(roles.contains("endpoint:tools") && !roles.contains("registration:tools"), roles.toString());
        }
    }

    @Test
    void advertisedAddressIsWhatOthersGet() throws Exception {
        Map<String, String> serving =
                Map.of("serve", "tools", "tool_server_port", "0", "advertise_address", "2001:db8::5");
        try (Node node = builder(serving).build()) {
            int port = node.serve().getFirst().address().getPort();
            until(
                    "it is registered",
                    () -> role(node, "registration:tools")
                            .detail()
                            .equals("tool-server-api at http://[2001:db8::5]:" + port));
        }
    }
}
