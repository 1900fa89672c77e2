package io.pipecat.endpoint.mcp;

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
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.world.WorldModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A node with settings and tools. */
final class TestNode implements NodeContext {
    static final String INSTANCE = "0123456789abcdef";

    private final Settings settings;
    private final ToolCatalogue tools;
    private final Clock clock;
    private final Metrics metrics = new TestMetrics();

    TestNode(Map<String, String> settings, Clock clock, Tool... tools) {
        this.settings = new TestSettings(settings);
        this.clock = clock;
        this.tools = ToolCatalogue.of(List.of(tools));
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
        throw new IllegalStateException("no discovery in this test");
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
        return tools;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public Topology topology() {
        throw new IllegalStateException("no topology in this test");
    }

    @Override
    public void publish(NodeEvent event) {
        throw new IllegalStateException(event.message());
    }

    @Override
    public Subscription onEvent(Consumer<? super NodeEvent> listener) {
        return () -> {};
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Path stateDir() {
        throw new IllegalStateException("no folder in this test");
    }
}
