package io.pipecat.node;

import io.pipecat.agent.AgentSettings;
import io.pipecat.api.LogSource;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.PipecatException;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.tool.Tool;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Collects what a node is made from. Not thread-safe; one builder makes one node.
 *
 * <p>Nothing is read from the environment: what is not given here has its default.
 */
public final class NodeBuilder {
    private static final String LOOK = "2s";

    private final List<SettingsInput> inputs = new ArrayList<>();
    private final List<SettingSpec<?>> extraSettings = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private ClassLoader loader = NodeBuilder.class.getClassLoader();
    private String hostName = "pipecat";
    private boolean waits = true;
    private Optional<LogSource> logs = Optional.empty();

    NodeBuilder() {}

    /**
     * Adds settings, below those that were added before.
     *
     * @param sourceName what to call the place in messages
     * @param values text by canonical name; names that no module on the path knows are refused
     * @return this builder
     */
    public NodeBuilder settings(String sourceName, Map<String, String> values) {
        return settings(SettingsInput.of(sourceName, values));
    }

    /**
     * Adds settings, below those that were added before.
     *
     * @param input the settings and where they come from
     * @return this builder
     */
    public NodeBuilder settings(SettingsInput input) {
        inputs.add(input);
        return this;
    }

    /**
     * Makes settings known that the application itself reads.
     *
     * @param specs the settings
     * @return this builder
     */
    public NodeBuilder declare(List<? extends SettingSpec<?>> specs) {
        extraSettings.addAll(specs);
        return this;
    }

    /**
     * Adds a tool of the application's own.
     *
     * @param tool a {@link Tool}, or an object for {@link Tool#annotated(Object)}; closed with the node
     * @return this builder
     * @throws IllegalArgumentException if no tool can be made of the object; the message says why
     */
    public NodeBuilder tool(Object tool) {
        tools.add(tool instanceof Tool made ? made : Tool.annotated(tool));
        return this;
    }

    /**
     * Sets the time source; the system's unless set.
     *
     * @param source the clock, in the node's time zone
     * @return this builder
     */
    public NodeBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /**
     * Sets where providers are looked for; the loader of this class unless set. The parent of a folder of plug-ins, say.
     *
     * @param source the class loader
     * @return this builder
     */
    public NodeBuilder classLoader(ClassLoader source) {
        this.loader = source;
        return this;
    }

    /**
     * Sets what the node is called unless {@code node_name} says otherwise.
     *
     * @param name the host's name
     * @return this builder
     */
    public NodeBuilder hostName(String name) {
        this.hostName = name;
        return this;
    }

    /**
     * Sets where the node's own users may see what was logged lately; unless set they cannot.
     *
     * @param source what whoever set up logging keeps
     * @return this builder
     */
    public NodeBuilder logs(LogSource source) {
        this.logs = Optional.of(source);
        return this;
    }

    /**
     * Makes a node to look at rather than to work with: it is built though what it needs of its cluster is not there, and
     * {@code discovery_timeout} is short unless it is set.
     *
     * @return this builder
     */
    public NodeBuilder withoutWaiting() {
        this.waits = false;
        return this;
    }

    /**
     * Works out the settings without making a node.
     *
     * @return every setting with its value and source, those of a cluster not included
     * @throws SettingsException if one is unknown, invalid or contradicts another; one line for each problem
     */
    public EffectiveSettings effectiveSettings() throws SettingsException {
        return settings(Providers.load(loader));
    }

    private SettingsStore settings(Providers providers) throws SettingsException {
        List<SettingSpec<?>> specs = new ArrayList<>(NodeSettings.all());
        specs.addAll(LLMSettings.all());
        specs.addAll(AgentSettings.all());
        specs.addAll(extraSettings);
        specs.addAll(providers.declaredSettings());
        List<SettingsInput> all = new ArrayList<>(inputs);
        if (!waits) {
            all.add(SettingsInput.of("a node to look at", Map.of(NodeSettings.DISCOVERY_TIMEOUT.name(), LOOK)));
        }
        return new SettingsStore(specs, all);
    }

    /** Takes the application's tools over: they are closed with the assembly, or at once if there is none. */
    private Assembly assembly() throws SettingsException {
        boolean made = false;
        try {
            Assembly assembly = makeAssembly();
            made = true;
            return assembly;
        } finally {
            if (!made) {
                tools.forEach(Assembly::closeQuietly);
            }
        }
    }

    private Assembly makeAssembly() throws SettingsException {
        Providers providers = Providers.load(loader);
        SettingsStore settings = settings(providers);
        NodeInfo info = new NodeInfo(
                settings.find(NodeSettings.NODE_NAME).orElse(hostName),
                UUID.randomUUID().toString(),
                settings.mode(),
                settings.tier(),
                Node.version());
        return new Assembly(providers, settings, info, clock, tools, logs);
    }

    /**
     * Makes the node. Nothing listens yet, see {@link Node#serve()}, and a language model that runs in this process is loaded when it
     * is first asked, or by {@link Node#prepareModel()}.
     *
     * @return the node, to be closed by the caller
     * @throws PipecatException if it cannot work as configured; one sentence that names the setting, what it asks for
     *     and what to do. A {@link io.pipecat.api.discovery.DiscoveryException} if it needs its cluster's language model
     *     and finds none within {@code discovery_timeout}
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Node build() throws PipecatException, InterruptedException {
        Assembly assembly = assembly();
        boolean complete = false;
        try {
            assembly.sharedSettings();
            assembly.discovery();
            if (waits) {
                assembly.awaitCluster();
            }
            assembly.mqtt();
            assembly.worldModel();
            assembly.llm();
            assembly.tools();
            complete = true;
            return new Node(assembly);
        } finally {
            if (!complete) {
                assembly.close();
            }
        }
    }

    private interface Step {
        void run() throws PipecatException, InterruptedException;
    }

    /**
     * Finds out what would stop the node, part by part, without starting it.
     *
     * @return what was found, in the order in which the parts come into being
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<Finding> diagnose() throws InterruptedException {
        withoutWaiting();
        List<Finding> findings = new ArrayList<>();
        Assembly made;
        try {
            made = assembly();
        } catch (SettingsException e) {
            return List.of(new Finding(Finding.Level.PROBLEM, "settings", e.getMessage()));
        }
        try (Assembly assembly = made) {
            findings.add(new Finding(Finding.Level.OK, "settings", summary(assembly)));
            check("shared settings", assembly::sharedSettings, findings);
            // What cannot be made is as if it were not there: the parts after it ask for it.
            if (!check("discovery", assembly::discovery, findings)) {
                assembly.withoutDiscovery();
            }
            if (!check("broker", assembly::mqtt, findings)) {
                assembly.context().setMqtt(Optional.empty());
            }
            if (!check("world model", assembly::worldModel, findings)) {
                assembly.context().setWorldModel(Optional.empty());
            }
            if (check("language model", assembly::llm, findings) && !assembly.servesWithoutModel()) {
                findings.addAll(assembly.diagnoseModel());
            }
            if (check("tools", assembly::tools, findings)) {
                assembly.toolRemarks()
                        .forEach(remark -> findings.add(new Finding(Finding.Level.WARNING, "tools", remark)));
            }
            findings.addAll(Listeners.diagnose(assembly));
            assembly.settings()
                    .remarks()
                    .forEach(remark -> findings.add(new Finding(Finding.Level.WARNING, "settings", remark)));
        }
        return List.copyOf(findings);
    }

    private static String summary(Assembly assembly) {
        NodeInfo node = assembly.context().node();
        return node.mode().name().toLowerCase(java.util.Locale.ROOT)
                + node.tier()
                        .map(tier -> ", " + tier.name().toLowerCase(java.util.Locale.ROOT))
                        .orElse("") + "; writes to " + assembly.context().stateDir();
    }

    private static boolean check(String subject, Step step, List<Finding> findings) throws InterruptedException {
        try {
            step.run();
            return true;
        } catch (PipecatException e) {
            findings.add(new Finding(Finding.Level.PROBLEM, subject, e.getMessage()));
            return false;
        }
    }
}
