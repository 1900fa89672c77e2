package io.pipecat.tools.remote;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.world.WorldModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A node with settings, a clock that stands still, and a discovery that answers the override and what a test registers. */
final class TestNode implements NodeContext {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String INSTANCE = "0123456789abcdef";

    final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    final List<Endpoint> registered = new CopyOnWriteArrayList<>();
    final List<Endpoint> failed = new CopyOnWriteArrayList<>();
    final TestSettings settings;
    private final DeploymentMode mode;
    private final Path stateDir;

    TestNode(DeploymentMode mode, Map<String, String> settings, Path stateDir) {
        this.mode = mode;
        this.settings = new TestSettings(mode, settings);
        this.stateDir = stateDir;
    }

    void register(URI uri) {
        registered.add(new Endpoint(uri, "a test", NOW));
    }

    @Override
    public NodeInfo node() {
        return new NodeInfo("test", INSTANCE, mode, Optional.empty(), "1.2.3");
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public ServiceDiscovery discovery() {
        return new ServiceDiscovery() {
            @Override
            public Optional<Endpoint> find(ServiceName name) {
                return findAll(name).stream().findFirst();
            }

            @Override
            public List<Endpoint> findAll(ServiceName name) {
                return settings.find(RemoteSettings.URL_OVERRIDE)
                        .map(uri -> List.of(new Endpoint(uri, "TOOL_SERVER_URL_OVERRIDE", NOW)))
                        .orElse(List.copyOf(registered));
            }

            @Override
            public void reportFailure(ServiceName name, Endpoint endpoint) {
                failed.add(endpoint);
            }

            @Override
            public String description() {
                return "a test";
            }

            @Override
            public void close() {}
        };
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
    public void publish(NodeEvent event) {
        events.add(event);
    }

    @Override
    public Subscription onEvent(Consumer<? super NodeEvent> listener) {
        return () -> {};
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public Path stateDir() {
        return stateDir;
    }
}
