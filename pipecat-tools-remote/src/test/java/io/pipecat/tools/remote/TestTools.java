package io.pipecat.tools.remote;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.testkit.node.TestNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tools of a node under test, with what they reported and how long they would have waited. */
final class TestTools implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);

    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final List<String> reports = new CopyOnWriteArrayList<>();
    final TestNode node;
    final RemoteToolSource source;

    TestTools(TestNode node) throws Exception {
        this.node = node;
        this.source = new RemoteToolsProvider(waits::add).open(node);
    }

    /** Tools of a server, which has been asked what it offers. */
    static TestTools at(URI server, Path stateDir, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("tool_server_url", server.toString());
        all.put("tool_server_api_key", "testkey,oldkey");
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        TestTools tools = new TestTools(node(DeploymentMode.MONOLITH, all, stateDir, registry(all)));
        tools.asked(1);
        return tools;
    }

    static TestNode node(DeploymentMode mode, Map<String, String> settings, Path stateDir, Registry registry) {
        return TestNode.builder()
                .mode(mode)
                .settings(settings)
                .stateDir(stateDir)
                .discovery(registry)
                .build();
    }

    /** As every discovery, it knows what the override names. */
    private static Registry registry(Map<String, String> settings) {
        String override = settings.get("tool_server_url_override");
        return override == null
                ? new Registry("nobody")
                : new Registry("TOOL_SERVER_URL_OVERRIDE", URI.create(override));
    }

    void asked(long times) throws InterruptedException {
        CatalogueKeeper keeper = source.activate();
        assertTrue(keeper != null && keeper.awaitAttempts(times, LONG), "the server was not asked");
    }

    long attempts() {
        CatalogueKeeper keeper = source.activate();
        return keeper == null ? 0 : keeper.attempts();
    }

    Tool tool(String name) {
        return source.tools().stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    ToolContext context(Duration time) {
        return new ToolContext("call_1", TestNode.NOW.plus(time), reports::add);
    }

    JsonValue add() throws Exception {
        return add(LONG);
    }

    JsonValue add(Duration time) throws Exception {
        return tool("calculator")
                .call("add", JsonObject.builder().put("a", 2).put("b", 3).build(), context(time));
    }

    ToolException refused() {
        return assertThrows(ToolException.class, this::add);
    }

    @Override
    public void close() {
        source.close();
    }
}
