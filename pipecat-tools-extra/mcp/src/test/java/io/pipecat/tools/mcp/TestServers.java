package io.pipecat.tools.mcp;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.node.TestNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The provider with some servers, and what tests do with it. */
final class TestServers implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<NodeEvent> events = new LinkedBlockingQueue<>();
    private final ToolSource source;

    TestServers(Path folder, Map<String, String> settings) throws ToolException {
        Map<String, String> all = new HashMap<>(Map.of("mcp_retry_max_wait", "1s"));
        all.putAll(settings);
        TestNode node = node(folder, all);
        node.onEvent(events::add);
        source = new McpToolProvider().create(node);
    }

    static TestNode node(Path folder, Map<String, String> settings) {
        return TestNode.builder()
                .settings(settings)
                .stateDir(folder)
                .clock(Clock.systemUTC())
                .build();
    }

    /** Waits for what the node is told. */
    NodeEvent nextEvent() throws InterruptedException {
        NodeEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing was published within " + PATIENCE);
        }
        return event;
    }

    Tool tool() {
        return source.tools().getFirst();
    }

    JsonValue call(String method, String arguments) throws ToolException, InterruptedException {
        return call(method, arguments, PATIENCE, line -> {});
    }

    JsonValue call(String method, String arguments, Duration timeout, Consumer<String> progress)
            throws ToolException, InterruptedException {
        return tool().call(
                        method,
                        object(arguments),
                        new ToolContext("1", Instant.now().plus(timeout), progress));
    }

    /** Calls on a thread of its own, which can be interrupted. */
    Running start(String method, String arguments, Consumer<String> progress) {
        CompletableFuture<JsonValue> result = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                result.complete(call(method, arguments, PATIENCE, progress));
            } catch (ToolException | InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return new Running(thread, result);
    }

    record Running(Thread thread, CompletableFuture<JsonValue> result) {}

    /** Waits until the first catalogue is there. */
    void ready() throws InterruptedException {
        await(() -> !tool().spec().methods().isEmpty());
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not become true within " + PATIENCE);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    static JsonObject object(String text) {
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
