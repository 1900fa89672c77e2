package io.pipecat.testkit.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.LogSource;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.world.WorldModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node that is made of what a test gives it. A role that was not given is not there: asking for it fails as it does
 * while a real node is being built.
 */
public final class TestNode implements NodeContext {
    /** The time at which the clock stands still unless another is given. */
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** The instance id unless another is given. */
    public static final String INSTANCE = "0123456789abcdef";

    private final NodeInfo info;
    private final TestSettings settings;
    private final Clock clock;
    private final Clock steadyClock;
    private final Path stateDir;
    private final TestMetrics metrics = new TestMetrics();
    private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super NodeEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<Tool> tools;
    private final @Nullable ServiceDiscovery discovery;
    private final @Nullable MqttLink mqtt;
    private volatile @Nullable WorldModel worldModel;
    private final @Nullable LLMService llm;
    private final @Nullable LogSource logs;

    private TestNode(Builder builder) {
        this.info = new NodeInfo("test", builder.instanceId, builder.mode, Optional.empty(), "1.2.3");
        this.settings = new TestSettings(builder.mode, builder.settings);
        this.clock = builder.clock;
        this.steadyClock = builder.steadyClock == null ? builder.clock : builder.steadyClock;
        this.stateDir = builder.stateDir;
        this.tools = List.copyOf(builder.tools);
        this.discovery = builder.discovery;
        this.mqtt = builder.mqtt;
        this.worldModel = builder.worldModel;
        this.llm = builder.llm;
        this.logs = builder.logs;
    }

    /**
     * Begins a node.
     *
     * @return a builder: a monolith without settings or roles, which may write nowhere
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a monolith without roles.
     *
     * @param settings what is set, by canonical name
     * @return the node
     */
    public static TestNode of(Map<String, String> settings) {
        return builder().settings(settings).build();
    }

    /**
     * Returns what was published so far.
     *
     * @return the events, oldest first; grows
     */
    public List<NodeEvent> events() {
        return events;
    }

    /**
     * Gives the node a world model after the fact.
     *
     * @param value the model
     */
    public void setWorldModel(WorldModel value) {
        worldModel = value;
    }

    @Override
    public NodeInfo node() {
        return info;
    }

    @Override
    public TestSettings settings() {
        return settings;
    }

    @Override
    public TestMetrics metrics() {
        return metrics;
    }

    @Override
    public ServiceDiscovery discovery() {
        return there(discovery, "discovery");
    }

    @Override
    public Optional<MqttLink> mqtt() {
        return Optional.ofNullable(mqtt);
    }

    @Override
    public Optional<WorldModel> worldModel() {
        return Optional.ofNullable(worldModel);
    }

    @Override
    public LLMService llm() {
        return there(llm, "language model");
    }

    @Override
    public Optional<LogSource> logs() {
        return Optional.ofNullable(logs);
    }

    private static <T> T there(@Nullable T role, String name) {
        if (role == null) {
            throw new IllegalStateException("no " + name + " in this test");
        }
        return role;
    }

    @Override
    public ToolCatalogue tools() {
        return ToolCatalogue.of(tools);
    }

    @Override
    public Topology topology() {
        return new Topology(info, List.of());
    }

    @Override
    public void publish(NodeEvent event) {
        events.add(event);
        listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public Subscription onEvent(Consumer<? super NodeEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
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

    /** Collects what a node is made of. */
    public static final class Builder {
        private DeploymentMode mode = DeploymentMode.MONOLITH;
        private String instanceId = INSTANCE;
        private Map<String, String> settings = Map.of();
        private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        private @Nullable Clock steadyClock;
        private Path stateDir = Path.of("/nowhere");
        private List<Tool> tools = List.of();
        private @Nullable ServiceDiscovery discovery;
        private @Nullable MqttLink mqtt;
        private @Nullable WorldModel worldModel;
        private @Nullable LLMService llm;
        private @Nullable LogSource logs;

        private Builder() {}

        /**
         * Sets the mode, which decides the defaults of settings.
         *
         * @param value the mode
         * @return this builder
         */
        public Builder mode(DeploymentMode value) {
            mode = value;
            return this;
        }

        /**
         * Sets the instance id, where a test has two nodes that meet.
         *
         * @param value the id
         * @return this builder
         */
        public Builder instanceId(String value) {
            instanceId = value;
            return this;
        }

        /**
         * Sets the settings.
         *
         * @param values text by canonical name
         * @return this builder
         */
        public Builder settings(Map<String, String> values) {
            settings = values;
            return this;
        }

        /**
         * Sets the time source.
         *
         * @param value the clock
         * @return this builder
         */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /**
         * Sets the time source for what lasts, where it differs from that of the time.
         *
         * @param value the clock
         * @return this builder
         */
        public Builder steadyClock(Clock value) {
            steadyClock = value;
            return this;
        }

        /**
         * Sets where the node may write.
         *
         * @param value a folder that exists
         * @return this builder
         */
        public Builder stateDir(Path value) {
            stateDir = value;
            return this;
        }

        /**
         * Sets the tools.
         *
         * @param value the tools
         * @return this builder
         */
        public Builder tools(Tool... value) {
            tools = List.of(value);
            return this;
        }

        /**
         * Sets where services are found.
         *
         * @param value the discovery
         * @return this builder
         */
        public Builder discovery(ServiceDiscovery value) {
            discovery = value;
            return this;
        }

        /**
         * Sets the broker.
         *
         * @param value the link
         * @return this builder
         */
        public Builder mqtt(MqttLink value) {
            mqtt = value;
            return this;
        }

        /**
         * Sets the world model.
         *
         * @param value the model
         * @return this builder
         */
        public Builder worldModel(WorldModel value) {
            worldModel = value;
            return this;
        }

        /**
         * Sets the language model.
         *
         * @param value the model
         * @return this builder
         */
        public Builder llm(LLMService value) {
            llm = value;
            return this;
        }

        /**
         * Sets what was logged lately.
         *
         * @param value the lines
         * @return this builder
         */
        public Builder logs(LogSource value) {
            logs = value;
            return this;
        }

        /**
         * Makes the node.
         *
         * @return the node
         */
        public TestNode build() {
            return new TestNode(this);
        }
    }
}
