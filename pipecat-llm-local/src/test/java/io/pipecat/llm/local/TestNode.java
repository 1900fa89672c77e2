package io.pipecat.llm.local;

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

/** A node that has settings and a state folder, and nothing else. */
record TestNode(Path stateDir, Map<String, String> values) implements NodeContext {
    @Override
    public Settings settings() {
        return new Settings() {
            @Override
            public <T> SettingValue<T> describe(SettingSpec<T> spec) {
                Optional<T> set = Optional.ofNullable(values.get(spec.name())).map(spec.type()::parse);
                Optional<T> fallback =
                        spec.defaults().stream().reduce((a, b) -> b).map(SettingSpec.Default::value);
                return new SettingValue<>(spec, set.or(() -> fallback), "test", set.isEmpty());
            }

            @Override
            public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public NodeInfo node() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServiceDiscovery discovery() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<WorldModel> worldModel() {
        return Optional.empty();
    }

    @Override
    public LLMService llm() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ToolCatalogue tools() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Metrics metrics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Topology topology() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void publish(NodeEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription onEvent(Consumer<? super NodeEvent> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
