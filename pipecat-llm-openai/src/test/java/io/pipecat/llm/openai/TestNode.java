package io.pipecat.llm.openai;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.world.WorldModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A node with settings, a clock that moves only when it is told to, and perhaps a discovery. */
final class TestNode implements NodeContext {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String INSTANCE = "0123456789abcdef";

    private final Settings settings;
    private final Optional<ServiceDiscovery> discovery;
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

    TestNode(Map<String, String> settings) {
        this(settings, Optional.empty());
    }

    TestNode(Map<String, String> settings, Optional<ServiceDiscovery> discovery) {
        this.settings = new TestSettings(settings);
        this.discovery = discovery;
    }

    @Override
    public NodeInfo node() {
        return new NodeInfo("test", INSTANCE, DeploymentMode.MONOLITH, Optional.empty(), "1.2.3");
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public ServiceDiscovery discovery() {
        return discovery.orElseThrow(() -> new IllegalStateException("no discovery in this test"));
    }

    @Override
    public Optional<WorldModel> worldModel() {
        return Optional.empty();
    }

    @Override
    public LLMService llm() {
        throw new IllegalStateException("the language model is being made");
    }

    @Override
    public ToolCatalogue tools() {
        throw new IllegalStateException("tools come later");
    }

    @Override
    public Metrics metrics() {
        throw new IllegalStateException("no metrics in this test");
    }

    @Override
    public Topology topology() {
        throw new IllegalStateException("no topology in this test");
    }

    @Override
    public void publish(NodeEvent event) {}

    @Override
    public Subscription onEvent(Consumer<? super NodeEvent> listener) {
        return () -> {};
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(now.get(), zone);
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Path stateDir() {
        return Path.of("/nowhere");
    }
}
