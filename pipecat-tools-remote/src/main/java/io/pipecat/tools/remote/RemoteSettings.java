package io.pipecat.tools.remote;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeTier;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What this module reads from the settings. */
final class RemoteSettings {
    static final SettingSpec<URI> URL_OVERRIDE = SettingSpec.httpUrl(ServiceName.TOOL_SERVER.urlOverrideSetting())
            .description("Where the tool server is, before every other source of its address.")
            .ownOnly()
            .build();

    static final SettingSpec<URI> URL = SettingSpec.httpUrl("tool_server_url")
            .description(
                    "Where the tool server is. tool_server_url_override comes before it; without either it is looked"
                            + " up as " + ServiceName.TOOL_SERVER + ".")
            .live()
            .build();

    static final SettingSpec<Secret> API_KEY = SettingSpec.secret("tool_server_api_key")
            .description("Keys that callers of the tool server present, comma-separated so that they can be rotated; a"
                    + " client sends the first.")
            .build();

    static final SettingSpec<Duration> CONNECT_TIMEOUT = SettingSpec.duration(
                    "remote_tool_connect_timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
            .defaultValue(Duration.ofSeconds(3))
            .description("How long to wait for a connection to the tool server, name lookup and TLS included.")
            .build();

    static final SettingSpec<Duration> CATALOGUE_REFRESH = SettingSpec.duration(
                    "tool_catalogue_refresh", Duration.ofSeconds(1), Duration.ofDays(1))
            .defaultValue(Duration.ofSeconds(60))
            .description("How often the tool server is asked what it offers. It is also asked when it comes back, and"
                    + " when it does not know a tool.")
            .build();

    static final SettingSpec<List<String>> NAMES = SettingSpec.list("remote_tools")
            .defaultValue(List.of())
            .description(
                    "Tools (ssh) or methods (ssh.run_command) that are offered although the tool server could never"
                            + " be asked for them; a call fails with a sentence until it is there.")
            .build();

    static final List<SettingSpec<?>> ALL =
            List.of(URL_OVERRIDE, URL, API_KEY, CONNECT_TIMEOUT, CATALOGUE_REFRESH, NAMES);

    private static final List<String> LOCATIONS = List.of("local", "remote");

    /** The node's own, read here by its text; see {@link #wantsServer}. */
    static final SettingSpec<String> EXECUTION_MODE = SettingSpec.choice("tool_execution_mode", LOCATIONS)
            .defaultWhen(DeploymentMode.DISTRIBUTED, NodeTier.EDGE, "remote")
            .description("Where tools run.")
            .live()
            .build();

    /** The node's own, too. */
    static final SettingSpec<String> HEAVY_MODE = SettingSpec.choice("heavy_tools_mode", LOCATIONS)
            .description("Where heavy tools run.")
            .live()
            .build();

    /** The node's own, too. */
    static final SettingSpec<String> TOOL_LOCATIONS = SettingSpec.string("tool_locations")
            .description("Where single tools run.")
            .live()
            .build();

    private RemoteSettings() {}

    /** A setting as people know it from the environment, for messages. */
    static String label(SettingSpec<?> spec) {
        return spec.name().toUpperCase(Locale.ROOT);
    }

    /**
     * Returns whether anything asks for a tool server. Where nothing does, none is looked for: a node that stands alone
     * asks nobody.
     */
    static boolean wantsServer(Settings settings, DeploymentMode mode) {
        return mode == DeploymentMode.DISTRIBUTED
                || settings.find(URL_OVERRIDE).isPresent()
                || settings.find(URL).isPresent()
                || settings.find(EXECUTION_MODE).filter("remote"::equals).isPresent()
                || settings.find(HEAVY_MODE).filter("remote"::equals).isPresent()
                || settings.find(TOOL_LOCATIONS)
                        .filter(text -> text.toLowerCase(Locale.ROOT).contains("remote"))
                        .isPresent()
                || !settings.get(NAMES).isEmpty();
    }
}
