package io.pipecat.node;

import io.pipecat.api.LogSource;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMSource;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttProvider;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSource;
import io.pipecat.api.setting.SettingsSourceProvider;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldConnectorProvider;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the parts of a node one after the other, and takes them down in reverse. */
final class Assembly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
    private static final String NONE = "none";
    private static final String LOCAL = "local";
    /** What can be served by a node that talks to nobody. */
    private static final Set<String> WITHOUT_MODEL = Set.of("tools", "mcp", "world-model");

    private final Providers providers;
    private final SettingsStore settings;
    private final NodeInfo info;
    private final Clock clock;
    private final Path stateDir;
    private final Context context;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Supplier<List<String>> toolRemarks = List::of;
    private Optional<LLMChain> llm = Optional.empty();

    private final List<Tool> ownTools;
    private final ClusterWait clusterWait;
    private Optional<DiscoveryProvider> discoveryProvider = Optional.empty();

    /** The tools of the application itself become the assembly's to close. */
    Assembly(
            Providers providers,
            SettingsStore settings,
            NodeInfo info,
            Clock clock,
            List<Tool> ownTools,
            Optional<LogSource> logs)
            throws SettingsException {
        this.providers = providers;
        this.settings = settings;
        this.info = info;
        this.clock = clock;
        this.stateDir = StateDir.open(settings.describe(NodeSettings.STATE_DIR));
        this.context = new Context(info, settings, clock, stateDir, logs);
        this.clusterWait = new ClusterWait(settings.get(NodeSettings.DISCOVERY_TIMEOUT));
        this.ownTools = List.copyOf(ownTools);
        this.ownTools.forEach(opened::push);
    }

    Context context() {
        return context;
    }

    SettingsStore settings() {
        return settings;
    }

    Providers providers() {
        return providers;
    }

    void sharedSettings() throws SettingsException, InterruptedException {
        for (SettingsSourceProvider provider : providers.settings()) {
            if (provider.wanted(settings)) {
                SettingsSource source = provider.open(
                        info, settings, clusterWait.forSettings(clusterModel().isPresent()));
                opened.push(source);
                // First the watch, then the look: what changes in between is not lost.
                opened.push(source.onChange(() -> take(source)));
                take(source);
            }
        }
        settings.freeze();
    }

    private void take(SettingsSource source) {
        List<String> before = settings.remarks();
        settings.share(source)
                .forEach(change -> context.publish(new NodeEvent.SettingChanged(
                        clock.instant(), change.spec().name(), change.source(), SettingsStore.describeChange(change))));
        List<String> problems = source.problems();
        settings.remarks().stream().filter(remark -> !before.contains(remark)).forEach(remark -> {
            if (problems.contains(remark)) {
                context.publish(new NodeEvent.Degraded(clock.instant(), "settings", remark));
            } else {
                LOG.warn(remark);
            }
        });
    }

    void discovery() throws PipecatException {
        List<DiscoveryProvider> wanting =
                providers.discoveries().stream().filter(p -> p.wanted(settings)).toList();
        if (wanting.size() > 1) {
            throw new SettingsException("The settings ask for two kinds of discovery at once, "
                    + String.join(
                            " and ", wanting.stream().map(Providers::label).toList())
                    + "; unset one, or take its jar off the path.");
        }
        Optional<DiscoveryProvider> wanted = wanting.stream().findFirst();
        if (wanted.isEmpty() && settings.isSet(NodeSettings.CONSUL_HOST)) {
            throw new SettingsException(because(settings.describe(NodeSettings.CONSUL_HOST))
                    + " asks for discovery by Consul, which no jar on the path provides; add pipecat-discovery-consul,"
                    + " or unset it.");
        }
        discoveryProvider = wanted;
        Optional<ServiceDiscovery> found = Optional.empty();
        if (wanted.isPresent()) {
            found = Optional.of(wanted.get().create(context));
        }
        ServiceDiscovery discovery = new OverrideDiscovery(settings, clock, found);
        opened.push(discovery);
        context.setDiscovery(discovery);
        context.add(new Topology.Role(
                "discovery",
                wanted.map(DiscoveryProvider::name).orElse("overrides"),
                discovery.description(),
                Providers.origin(wanted.<Object>map(p -> p).orElse(discovery)),
                wanted.isPresent() ? "the settings ask for it" : "nothing else is configured",
                providers.discoveries().stream()
                        .filter(p -> !wanted.equals(Optional.of(p)))
                        .map(Providers::label)
                        .toList()));
    }

    /** Knows the addresses that are set, and no others. */
    void withoutDiscovery() {
        ServiceDiscovery overrides = new OverrideDiscovery(settings, clock, Optional.empty());
        opened.push(overrides);
        context.setDiscovery(overrides);
    }

    /** Waits for the language model that this node cannot do without. */
    void awaitCluster() throws PipecatException, InterruptedException {
        Optional<LLMSource.Cluster> model = clusterModel();
        if (model.isPresent() && discoveryProvider.isPresent() && !LLMChoice.isOverridden(model.get(), settings)) {
            clusterWait.forLanguageModel(context.discovery(), model.get().services(), settings.mode());
        }
    }

    /** The cluster's language model, if nothing works without it: something asks one, and nothing stands behind it. */
    private Optional<LLMSource.Cluster> clusterModel() {
        return servesWithoutModel() || LLMChoice.hasFallback(settings) ? Optional.empty() : answersFromCluster();
    }

    /** The cluster's language model, if the settings make it the one of this node. */
    Optional<LLMSource.Cluster> answersFromCluster() {
        try {
            return LLMChoice.cluster(settings);
        } catch (SettingsException e) {
            // It is thrown again where the model is made, and stops the node there.
            LOG.debug("No language model can be chosen", e);
            return Optional.empty();
        }
    }

    void mqtt() throws PipecatException {
        List<MqttProvider> wanting =
                providers.brokers().stream().filter(p -> p.wanted(settings)).toList();
        if (wanting.isEmpty()) {
            if (settings.isSet(NodeSettings.MQTT_HOST)) {
                throw new SettingsException(because(settings.describe(NodeSettings.MQTT_HOST))
                        + " names a broker, which no jar on the path can talk to; add pipecat-worldmodel-mqtt, or unset"
                        + " it.");
            }
            context.setMqtt(Optional.empty());
            return;
        }
        MqttProvider provider = wanting.getFirst();
        MqttLink link = provider.open(context);
        opened.push(link);
        context.setMqtt(Optional.of(link));
        context.add(new Topology.Role(
                "mqtt",
                provider.name(),
                link.description(),
                Providers.origin(provider),
                because(settings.describe(NodeSettings.MQTT_HOST)),
                wanting.stream().skip(1).map(Providers::label).toList()));
    }

    void worldModel() throws PipecatException, InterruptedException {
        WorldModelChoice choice = WorldModelChoice.decide(settings, providers);
        SettingValue<String> mode = choice.mode();
        String name = choice.provider();
        Optional<WorldModelProvider> provider = providers.worldModels().stream()
                .filter(p -> p.name().equals(name))
                .findFirst();
        if (provider.isEmpty() && !mode.isDefault()) {
            throw new SettingsException(because(mode) + " asks for a world model that no jar on the path provides; add"
                    + " pipecat-worldmodel, or unset it.");
        }
        Optional<WorldModel> model = Optional.empty();
        if (provider.isPresent()) {
            List<WorldConnector> connectors = name.equals(LOCAL) ? connectors() : List.of();
            model = Optional.of(provider.get().create(context, connectors));
            opened.push(model.get());
        }
        context.setWorldModel(model);
        context.add(new Topology.Role(
                "world-model",
                provider.map(WorldModelProvider::name).orElse(NONE),
                model.map(WorldModel::description).orElse(""),
                provider.map(Providers::origin).orElse(""),
                provider.isPresent() ? choice.reason() : "no jar on the path provides one",
                providers.worldModels().stream()
                        .filter(p -> !provider.equals(Optional.of(p)))
                        .map(Providers::label)
                        .toList()));
    }

    private List<WorldConnector> connectors() throws PipecatException {
        List<WorldConnector> connectors = new ArrayList<>();
        for (WorldConnectorProvider provider : providers.connectors()) {
            if (provider.wanted(settings)) {
                WorldConnector connector = provider.create(context);
                // The model closes it too; this is for the case that there will be none.
                opened.push(connector);
                connectors.add(connector);
                context.add(new Topology.Role(
                        "world-connector",
                        provider.name(),
                        "",
                        Providers.origin(provider),
                        "the settings ask for it",
                        List.of()));
            }
        }
        return connectors;
    }

    /** Works out the language model, which is made when it is first asked; for a node that serves without one not even that. */
    void llm() throws PipecatException, InterruptedException {
        List<String> serve = settings.get(NodeSettings.SERVE);
        LLMChain chain = new LLMChain(
                new LLMPlan(providers, settings, context),
                "what this node serves (serve=" + String.join(",", serve)
                        + ") needs none; chosen when something asks it",
                context);
        opened.push(chain);
        context.setLlm(chain);
        context.add(chain::role);
        llm = Optional.of(chain);
        if (!servesWithoutModel()) {
            chain.open();
        }
    }

    /** Whether nothing of what is served is answered by the language model. */
    boolean servesWithoutModel() {
        List<String> serve = settings.get(NodeSettings.SERVE);
        return !serve.isEmpty() && WITHOUT_MODEL.containsAll(serve);
    }

    void prepareModel() throws LLMException, InterruptedException {
        if (llm.isPresent()) {
            llm.get().prepare();
        }
    }

    /** What looks services up and registers them, if the settings ask for it. */
    Optional<DiscoveryProvider> discoveryProvider() {
        return discoveryProvider;
    }

    List<Finding> diagnoseModel() throws InterruptedException {
        return llm.isPresent() ? llm.get().diagnose() : List.of();
    }

    void tools() throws PipecatException {
        List<ToolRouter.Origin> origins = new ArrayList<>();
        if (!ownTools.isEmpty()) {
            ToolSource source = ToolSource.of(ownTools.toArray(Tool[]::new));
            origins.add(new ToolRouter.Origin("application", Providers.origin(ownTools.getFirst()), false, source));
        }
        for (ToolProvider provider : providers.tools()) {
            ToolSource source = source(provider);
            if (provider.remote()) {
                source = new GuardedTools(source, provider.name(), context, Thread::sleep);
            }
            opened.push(source);
            origins.add(ToolRouter.Origin.of(provider, source));
        }
        ToolRouter router = new ToolRouter(settings, origins, new ToolFallbacks(clock, context::publish));
        toolRemarks = router::remarks;
        context.setTools(router);
    }

    /** What a provider cannot make for the way it is set up is a setting that is wrong, not a call that failed. */
    private ToolSource source(ToolProvider provider) throws SettingsException {
        try {
            return provider.create(context);
        } catch (ToolException e) {
            throw new SettingsException(e.getMessage(), e);
        }
    }

    /** What is worth telling the operator about the tools. */
    List<String> toolRemarks() {
        return toolRemarks.get();
    }

    static String because(SettingValue<?> value) {
        return value.spec().name() + "=" + value.display().orElse("") + " (" + value.source() + ")";
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            closeQuietly(opened.pop());
        }
    }

    /** The other parts are still to be closed, so a failure can only be told. */
    static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("Closing {} failed", part, e);
        }
    }
}
