package io.pipecat.endpoint.tools;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
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

/** A node with settings as somebody wrote them, tools, and a clock. */
record TestNode(Map<String, String> texts, List<Tool> offered, Clock clock, TestMetrics metrics)
        implements NodeContext, Settings {
    static final String INSTANCE = "0123456789abcdef";

    TestNode(Map<String, String> texts, List<Tool> offered) {
        this(texts, offered, Clock.systemUTC(), new TestMetrics());
    }

    @Override
    public NodeInfo node() {
        return new NodeInfo("test", INSTANCE, DeploymentMode.MONOLITH, Optional.empty(), "1.2.3");
    }

    @Override
    public Settings settings() {
        return this;
    }

    @Override
    public <T> SettingValue<T> describe(SettingSpec<T> spec) {
        String text = texts.get(spec.name());
        return text == null
                ? new SettingValue<>(spec, spec.defaultFor(DeploymentMode.MONOLITH, Optional.empty()), "default", true)
                : new SettingValue<>(spec, Optional.of(spec.type().parse(text)), "test", false);
    }

    @Override
    public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
        return () -> {};
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
        throw new IllegalStateException("no language model in this test");
    }

    @Override
    public ToolCatalogue tools() {
        return ToolCatalogue.of(offered);
    }

    @Override
    public TestMetrics metrics() {
        return metrics;
    }

    @Override
    public Topology topology() {
        return new Topology(node(), List.of());
    }

    @Override
    public void publish(NodeEvent event) {}

    @Override
    public Subscription onEvent(Consumer<? super NodeEvent> listener) {
        return () -> {};
    }

    @Override
    public Path stateDir() {
        return Path.of("/nowhere");
    }
}
