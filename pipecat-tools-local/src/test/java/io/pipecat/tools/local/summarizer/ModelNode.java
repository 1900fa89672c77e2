package io.pipecat.tools.local.summarizer;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Metrics;
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
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.world.WorldModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A node with a model and settings. */
record ModelNode(LLMService llm, Map<String, String> texts) implements NodeContext {

    @Override
    public Settings settings() {
        return new Settings() {
            @Override
            public <T> SettingValue<T> describe(SettingSpec<T> spec) {
                Optional<T> set = Optional.ofNullable(texts.get(spec.name())).map(spec.type()::parse);
                return new SettingValue<>(
                        spec,
                        set.or(() -> spec.defaultFor(DeploymentMode.MONOLITH, Optional.empty())),
                        "test",
                        set.isEmpty());
            }

            @Override
            public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
                return () -> {};
            }
        };
    }

    @Override
    public Optional<WorldModel> worldModel() {
        return Optional.empty();
    }

    @Override
    public NodeInfo node() {
        return new NodeInfo("test", "i", DeploymentMode.MONOLITH, Optional.empty(), "1.2.3");
    }

    @Override
    public ServiceDiscovery discovery() {
        throw new IllegalStateException("no discovery in this test");
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
        return Clock.systemUTC();
    }

    @Override
    public Path stateDir() {
        return Path.of("/nowhere");
    }
}
