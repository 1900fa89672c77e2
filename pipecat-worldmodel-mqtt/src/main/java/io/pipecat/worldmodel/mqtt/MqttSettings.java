package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.nio.file.Path;
import java.util.List;

/** What can be set about the broker. */
final class MqttSettings {
    /** The node declares it too: it must know it where this module is missing. */
    static final SettingSpec<String> HOST = SettingSpec.string("mqtt_host")
            .defaultIn(DeploymentMode.DISTRIBUTED, "localhost")
            .description("Where the MQTT broker is. In a monolith there is none unless this is set.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> PORT = SettingSpec.integer("mqtt_port", 1, 65_535)
            .defaultValue(1883)
            .description("The port of the MQTT broker. With mqtt_tls it is 8883 unless this is set.")
            .ownOnly()
            .build();

    static final SettingSpec<List<String>> TOPIC = SettingSpec.list("mqtt_topic")
            .defaultValue(List.of("#"))
            .description("Which topics the world model hears: one or more filters with MQTT's wildcards.")
            .build();

    static final SettingSpec<String> USERNAME = SettingSpec.string("mqtt_username")
            .description("The user by which this node logs in to the MQTT broker.")
            .ownOnly()
            .build();

    static final SettingSpec<Secret> PASSWORD = SettingSpec.secret("mqtt_password")
            .description("The password of mqtt_username.")
            .build();

    static final SettingSpec<Boolean> TLS = SettingSpec.bool("mqtt_tls")
            .defaultValue(false)
            .description("Whether the MQTT broker is spoken to over TLS. Its certificate is always checked.")
            .ownOnly()
            .build();

    static final SettingSpec<Path> CA = SettingSpec.path("mqtt_ca")
            .description(
                    "A PEM file with the certificates of the authorities that may vouch for the MQTT broker, instead"
                            + " of those that Java knows.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> QOS = SettingSpec.integer("mqtt_qos", 0, 2)
            .defaultValue(0)
            .description("How surely MQTT messages arrive: 0 at most once, 1 at least once, 2 once. For what the world"
                    + " model publishes, and the most that is asked of the broker for what it sends.")
            .build();

    static final SettingSpec<Boolean> RETAIN = SettingSpec.bool("mqtt_retain")
            .defaultValue(true)
            .description(
                    "Whether the MQTT broker keeps the state that the world model publishes for those that come later.")
            .build();

    static final SettingSpec<String> VERSION = SettingSpec.choice("mqtt_version", List.of("auto", "5", "3.1.1"))
            .defaultValue("auto")
            .description("Which MQTT is spoken. auto means 5, and 3.1.1 with a broker that does not know 5.")
            .ownOnly()
            .build();

    private MqttSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(HOST, PORT, TOPIC, USERNAME, PASSWORD, TLS, CA, QOS, RETAIN, VERSION);
    }
}
