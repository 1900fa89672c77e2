package io.pipecat.benchmark;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.json.Json;
import io.pipecat.node.Node;
import io.pipecat.worldmodel.state.TopicStore;
import io.pipecat.worldmodel.state.Watchers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** JSON, the choice of a tool, and an update of the world model. */
@State(Scope.Benchmark)
public class NodeBenchmark {
    private static final int TOPICS = 500;

    private final String text =
            "{\"tool\":\"calculator\",\"method\":\"evaluate\",\"args\":{\"expression\":\"17 * 23\",\"digits\":[1,2.5,-3e4],\"exact\":true}}";
    private final String[] topics = new String[TOPICS];
    private final Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private JsonObject value;
    private Node node;
    private TopicStore store;
    private int next;

    @Setup(Level.Trial)
    public void start() throws Exception {
        value = Json.parseObject(text);
        node = Node.builder()
                .settings(
                        "benchmark",
                        Map.of(
                                "state_dir", Files.createTempDirectory("pipecat-jmh").toString(),
                                "serve", "none",
                                // The model is not asked; this one is not even loaded.
                                "llama_api_url_override", "http://127.0.0.1:1"))
                .build();
        store = new TopicStore(new TopicStore.Limits(1_000_000, 1L << 30), new Watchers());
        for (int i = 0; i < TOPICS; i++) {
            topics[i] = "house/room" + i / 10 + "/sensor" + i;
        }
    }

    @TearDown(Level.Trial)
    public void stop() {
        node.close();
    }

    @Benchmark
    public Object jsonParse() throws Exception {
        return Json.parseObject(text);
    }

    @Benchmark
    public Object jsonWrite() {
        return value.toString();
    }

    @Benchmark
    public Optional<Tool> routeTool() {
        return node.tools().find("calculator");
    }

    @Benchmark
    public Object worldModelUpdate() {
        next++;
        return store.put(topics[next % TOPICS], JsonNumber.of(next), now);
    }
}
