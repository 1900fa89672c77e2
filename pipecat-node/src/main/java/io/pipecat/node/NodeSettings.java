package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeTier;
import io.pipecat.api.setting.SettingSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The settings of the node itself: what it is, and which implementation serves each role. */
public final class NodeSettings {

    /** Where a tool runs. */
    public enum ToolLocation {
        /** In this node. */
        LOCAL,
        /** On a tool server. */
        REMOTE
    }

    /** What becomes of a call whose tool server cannot be reached. */
    public enum ToolFallback {
        /** It fails. */
        OFF,
        /** A tool of that name in this node takes it, if there is one. */
        LOCAL
    }

    /** Decides the defaults of the others. */
    public static final SettingSpec<DeploymentMode> DEPLOYMENT_MODE = SettingSpec.choice(
                    "deployment_mode", DeploymentMode.class)
            .defaultValue(DeploymentMode.MONOLITH)
            .description("The switch for a node's defaults. monolith: everything here, Consul not asked."
                    + " distributed: language model and world model are the cluster's.")
            .ownOnly()
            .build();

    /** The predecessor's name for {@link #DEPLOYMENT_MODE}. */
    public static final SettingSpec<DeploymentMode> NODE_ROLE = SettingSpec.choice("node_role", DeploymentMode.class)
            .description("Another name for deployment_mode; if both are given they must agree.")
            .ownOnly()
            .build();

    /** What kind of machine the node is. */
    public static final SettingSpec<NodeTier> NODE_TIER = SettingSpec.choice("node_tier", NodeTier.class)
            .defaultIn(DeploymentMode.MONOLITH, NodeTier.MID)
            .description("What kind of machine this is; decides what it serves and its JVM size.")
            .ownOnly()
            .build();

    /** What people call the node. */
    public static final SettingSpec<String> NODE_NAME = SettingSpec.string("node_name")
            .description("What people call this node; the host's name unless set.")
            .ownOnly()
            .build();

    /** Where the node writes. */
    public static final SettingSpec<Path> STATE_DIR = SettingSpec.path("state_dir")
            .defaultValue(Path.of(System.getProperty("user.home", "."), ".local", "state", "pipecat"))
            .defaultIn(DeploymentMode.DISTRIBUTED, Path.of("/var/lib/pipecat"))
            .description("Where this node writes: conversations, audit log, unpacked models and native libraries."
                    + " The launcher uses $XDG_STATE_HOME/pipecat in a monolith where that variable is set.")
            .ownOnly()
            .build();

    /** What the node serves. */
    public static final SettingSpec<List<String>> SERVE = SettingSpec.list("serve")
            .defaultValue(List.of("web"))
            .defaultWhen(null, NodeTier.CORE, List.of("web", "llm", "tools", "world-model"))
            .description("The services to listen for: web, llm, tools, mcp, world-model, wyoming; none for nothing.")
            .ownOnly()
            .build();

    /** Where the node listens. */
    public static final SettingSpec<String> BIND_ADDRESS = SettingSpec.string("bind_address")
            .defaultValue("127.0.0.1")
            .description("The address to listen on. Anything but loopback needs a server-side key for each service, or"
                    + " allow_unauthenticated.")
            .ownOnly()
            .build();

    /** What may listen beyond loopback without a key. */
    public static final SettingSpec<List<String>> ALLOW_UNAUTHENTICATED = SettingSpec.list("allow_unauthenticated")
            .defaultValue(List.of())
            .description("Services that may be reached beyond loopback without a key, as named in serve.")
            .ownOnly()
            .build();

    /** How long to wait for the cluster at start. */
    public static final SettingSpec<Duration> DISCOVERY_TIMEOUT = SettingSpec.duration(
                    "discovery_timeout", Duration.ofMillis(100), Duration.ofMinutes(10))
            .defaultValue(Duration.ofSeconds(30))
            .description("How long a node waits for the cluster when it starts.")
            .ownOnly()
            .build();

    /** Where Consul is. */
    public static final SettingSpec<String> CONSUL_HOST = SettingSpec.string("consul_host")
            .description("Where Consul is. A monolith asks it only if this is set; a distributed node uses cluster_ip"
                    + " unless it is set.")
            .ownOnly()
            .build();

    /** Whether others may find what the node serves. */
    public static final SettingSpec<Boolean> ADVERTISE = SettingSpec.bool("advertise")
            .defaultValue(true)
            .description("Whether what this node serves is registered where its cluster looks services up, if it uses"
                    + " discovery.")
            .ownOnly()
            .build();

    /** Where others reach the node. */
    public static final SettingSpec<String> ADVERTISE_ADDRESS = SettingSpec.string("advertise_address")
            .description(
                    "The host name or address, without a port, under which others reach what this node serves;"
                            + " bind_address unless set, and where that is a wildcard, the address of the route to the registry.")
            .ownOnly()
            .build();

    /** Where the MQTT broker is. */
    public static final SettingSpec<String> MQTT_HOST = SettingSpec.string("mqtt_host")
            .defaultIn(DeploymentMode.DISTRIBUTED, "localhost")
            .description("Where the MQTT broker is. In a monolith there is none unless this is set.")
            .ownOnly()
            .build();

    /** Which implementation of the world model. */
    public static final SettingSpec<String> WORLD_MODEL_MODE = SettingSpec.choice(
                    "world_model_mode", List.of("local", "distributed"))
            .defaultValue("local")
            .defaultIn(DeploymentMode.DISTRIBUTED, "distributed")
            .description("Whether the state of the house is kept in this process or is the cluster's.")
            .build();

    /** Where tools of normal weight run. */
    public static final SettingSpec<ToolLocation> TOOL_EXECUTION_MODE = SettingSpec.choice(
                    "tool_execution_mode", ToolLocation.class)
            .defaultValue(ToolLocation.LOCAL)
            .defaultWhen(DeploymentMode.DISTRIBUTED, NodeTier.EDGE, ToolLocation.REMOTE)
            .description("Where tools run: in this node or on a tool server. Light ones always run here.")
            .live()
            .build();

    /** Where heavy tools run. */
    public static final SettingSpec<ToolLocation> HEAVY_TOOLS_MODE = SettingSpec.choice(
                    "heavy_tools_mode", ToolLocation.class)
            .description("Where heavy tools run; tool_execution_mode unless set.")
            .live()
            .build();

    /** Where single tools run. */
    public static final SettingSpec<Map<String, ToolLocation>> TOOL_LOCATIONS = SettingSpec.of(
                    "tool_locations", ToolLocations.TYPE)
            .defaultValue(Map.of())
            .description("Where single tools run, before tool_execution_mode and heavy_tools_mode, light ones too:"
                    + " ssh=remote,git=local.")
            .live()
            .build();

    /** What becomes of a call whose tool server cannot be reached. */
    public static final SettingSpec<ToolFallback> TOOL_FALLBACK = SettingSpec.choice(
                    "tool_fallback", ToolFallback.class)
            .defaultValue(ToolFallback.OFF)
            .description("Whether a tool of this node takes the calls for the tool of the same name on a tool server"
                    + " that cannot be reached. Never after a call that may have run there.")
            .live()
            .build();

    private NodeSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(
                DEPLOYMENT_MODE,
                NODE_ROLE,
                NODE_TIER,
                NODE_NAME,
                STATE_DIR,
                SERVE,
                BIND_ADDRESS,
                ALLOW_UNAUTHENTICATED,
                DISCOVERY_TIMEOUT,
                CONSUL_HOST,
                ADVERTISE,
                ADVERTISE_ADDRESS,
                MQTT_HOST,
                WORLD_MODEL_MODE,
                TOOL_EXECUTION_MODE,
                HEAVY_TOOLS_MODE,
                TOOL_LOCATIONS,
                TOOL_FALLBACK);
    }
}
