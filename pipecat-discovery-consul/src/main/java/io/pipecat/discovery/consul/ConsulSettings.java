package io.pipecat.discovery.consul;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What this module reads from the settings. None of it is ever taken from Consul itself. */
final class ConsulSettings {
    /** The node's own, too: it says what is missing where this module is not on the path. */
    static final SettingSpec<String> HOST = SettingSpec.string("consul_host")
            .description("Where Consul is. A monolith asks it only if this is set; a distributed node uses cluster_ip"
                    + " unless it is set.")
            .ownOnly()
            .build();

    static final SettingSpec<String> CLUSTER_IP = SettingSpec.string("cluster_ip")
            .defaultValue("127.0.0.1")
            .description("Where a distributed node looks for its cluster's Consul, unless consul_host is set.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> PORT = SettingSpec.integer("consul_port", 1, 65_535)
            .defaultValue(8500)
            .description("The port of Consul's HTTP interface.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> TOKEN = SettingSpec.secret("consul_http_token")
            .description("The token that Consul's access control asks for.")
            .ownOnly()
            .build();

    static final SettingSpec<Boolean> TLS = SettingSpec.bool("consul_tls")
            .defaultValue(false)
            .description("Whether Consul is reached by HTTPS.")
            .ownOnly()
            .build();

    static final SettingSpec<Path> CA = SettingSpec.path("consul_ca")
            .description("The certificates in PEM that Consul's must be signed by; those of the JVM unless set.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> TIMEOUT = SettingSpec.duration(
                    "consul_timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
            .defaultValue(Duration.ofSeconds(5))
            .description("How long an answer of Consul may take, beyond the time that it is asked to wait for news.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> CHECK_INTERVAL = SettingSpec.duration(
                    "consul_check_interval", Duration.ofSeconds(1), Duration.ofMinutes(10))
            .defaultValue(Duration.ofSeconds(2))
            .description(
                    "How often Consul asks the health of what this node has registered, and this node whether it is"
                            + " still registered.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> DEREGISTER_AFTER = SettingSpec.duration(
                    "consul_deregister_after", Duration.ofMinutes(1), Duration.ofDays(30))
            .defaultValue(Duration.ofMinutes(10))
            .description(
                    "How long after a crash Consul forgets what this node had registered; Consul allows no less than"
                            + " a minute.")
            .ownOnly()
            .build();

    static final List<SettingSpec<?>> ALL =
            List.of(HOST, CLUSTER_IP, PORT, TOKEN, TLS, CA, TIMEOUT, CHECK_INTERVAL, DEREGISTER_AFTER);

    private static final SettingSpec<DeploymentMode> MODE = SettingSpec.choice("deployment_mode", DeploymentMode.class)
            .defaultValue(DeploymentMode.MONOLITH)
            .description("The node's own, read here by its text.")
            .ownOnly()
            .build();

    private ConsulSettings() {}

    static boolean wanted(Settings settings) {
        return settings.isSet(HOST) || settings.get(MODE) == DeploymentMode.DISTRIBUTED;
    }

    /** Where Consul is, and which setting says so. */
    static SettingValue<String> host(Settings settings) {
        return settings.describe(settings.isSet(HOST) ? HOST : CLUSTER_IP);
    }

    static Optional<Secret> token(Settings settings) {
        return settings.find(TOKEN);
    }

    /** A setting as people know it from the environment, for messages. */
    static String label(SettingSpec<?> spec) {
        return spec.name().toUpperCase(Locale.ROOT);
    }
}
