package io.pipecat.node;

import io.pipecat.api.LogSource;
import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.SteadyClock;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.world.WorldModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the parts of a node see of it. The roles come into being one after the other while the node is built. */
final class Context implements NodeContext {
    private final NodeInfo node;
    private final Settings settings;
    private final Clock clock;
    private final Clock steadyClock;
    private final Path stateDir;
    private final NodeMetrics metrics = new NodeMetrics();
    private final Events events = new Events();
    private final List<Supplier<Topology.Role>> roles = new CopyOnWriteArrayList<>();
    private volatile @Nullable ServiceDiscovery discovery;
    private volatile boolean mqttDecided;
    private volatile @Nullable MqttLink mqtt;
    private volatile boolean worldModelDecided;
    private volatile @Nullable WorldModel worldModel;
    private volatile @Nullable LLMService llm;
    private volatile @Nullable ToolRouter tools;

    private final Optional<LogSource> logs;

    Context(NodeInfo node, Settings settings, Clock clock, Path stateDir, Optional<LogSource> logs) {
        this.logs = logs;
        this.node = node;
        this.settings = settings;
        this.clock = clock;
        this.steadyClock = SteadyClock.from(clock);
        this.stateDir = stateDir;
    }

    void add(Topology.Role role) {
        roles.add(() -> role);
    }

    /** Adds a role that changes while the node runs. */
    void add(Supplier<Topology.Role> role) {
        roles.add(role);
    }

    void setDiscovery(ServiceDiscovery value) {
        discovery = value;
    }

    void setMqtt(Optional<MqttLink> value) {
        mqtt = value.orElse(null);
        mqttDecided = true;
    }

    void setWorldModel(Optional<WorldModel> value) {
        worldModel = value.orElse(null);
        worldModelDecided = true;
    }

    void setLlm(LLMService value) {
        llm = value;
    }

    void setTools(ToolRouter value) {
        tools = value;
    }

    @Override
    public NodeInfo node() {
        return node;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public ServiceDiscovery discovery() {
        return there(discovery, "discovery");
    }

    @Override
    public Optional<MqttLink> mqtt() {
        return there(mqttDecided ? Optional.ofNullable(mqtt) : null, "broker");
    }

    @Override
    public Optional<WorldModel> worldModel() {
        return there(worldModelDecided ? Optional.ofNullable(worldModel) : null, "world model");
    }

    @Override
    public LLMService llm() {
        return there(llm, "language model");
    }

    @Override
    public ToolCatalogue tools() {
        return there(tools, "tool catalogue");
    }

    private static <T> T there(@Nullable T role, String name) {
        if (role == null) {
            throw new IllegalStateException("the node's " + name
                    + " is not there yet: keep the context and ask for it when it is used, not in create(…)");
        }
        return role;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public Optional<LogSource> logs() {
        return logs;
    }

    @Override
    public Topology topology() {
        List<Topology.Role> all = new ArrayList<>();
        roles.forEach(role -> all.add(role.get()));
        ToolRouter router = tools;
        if (router != null) {
            all.addAll(router.roles());
        }
        return new Topology(node, all);
    }

    @Override
    public void publish(NodeEvent event) {
        if (event instanceof NodeEvent.RoleSwitched switched) {
            metrics.counter(
                            "pipecat_role_switches_total",
                            "How often a role was served by something else from then on.",
                            Map.of("role", switched.role(), "to", switched.to()))
                    .increment();
        }
        events.publish(event);
    }

    @Override
    public Subscription onEvent(Consumer<? super NodeEvent> listener) {
        return events.listen(listener);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Clock steadyClock() {
        return steadyClock;
    }

    @Override
    public Path stateDir() {
        return stateDir;
    }
}
