package io.pipecat.worldmodel.remote;

import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What can be set about using another node's world model. */
final class RemoteSettings {
    static final SettingSpec<URI> URL_OVERRIDE = SettingSpec.httpUrl(ServiceName.WORLD_MODEL.urlOverrideSetting())
            .description("Where the world model service is, before every other source of its address.")
            .ownOnly()
            .build();

    static final SettingSpec<URI> URL = SettingSpec.httpUrl("world_model_url")
            .description("Where the world model service is. world_model_url_override comes before it; without either it"
                    + " is looked up as " + ServiceName.WORLD_MODEL + ".")
            .live()
            .build();

    /** The service has the same one. */
    static final SettingSpec<Secret> API_KEY = SettingSpec.secret("world_model_api_key")
            .description("The key of the world model service, or several separated by commas while they are rotated: a"
                    + " server takes each of them, a client sends the first. On loopback none is needed.")
            .build();

    static final SettingSpec<Duration> CONNECT_TIMEOUT = SettingSpec.duration(
                    "world_model_connect_timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
            .defaultValue(Duration.ofSeconds(3))
            .description("How long to wait for a connection to the world model service.")
            .build();

    static final SettingSpec<Duration> POLL = SettingSpec.duration(
                    "world_model_poll", Duration.ofMillis(100), Duration.ofHours(1))
            .defaultValue(Duration.ofSeconds(2))
            .description("How often the predecessor's world model service is asked, which does not tell changes by"
                    + " itself.")
            .build();

    /** Those of the broker are the link's, which this model uses where there is no service. */
    static final SettingSpec<List<String>> MQTT_TOPIC = SettingSpec.list("mqtt_topic")
            .defaultValue(List.of("#"))
            .description("Which topics the world model hears: one or more filters with MQTT's wildcards.")
            .build();

    static final SettingSpec<Integer> MQTT_QOS = SettingSpec.integer("mqtt_qos", 0, 2)
            .defaultValue(0)
            .description("How surely MQTT messages arrive: 0 at most once, 1 at least once, 2 once.")
            .build();

    static final SettingSpec<Boolean> MQTT_RETAIN = SettingSpec.bool("mqtt_retain")
            .defaultValue(true)
            .description("Whether the MQTT broker keeps what the world model publishes for those that come later.")
            .build();

    static final SettingSpec<Path> ONTOLOGY_PATH = SettingSpec.path("ontology_path")
            .defaultValue(Path.of("ontology.yaml"))
            .description(
                    "The YAML file that says which places, devices, machines and agents there are. The default may be"
                            + " missing.")
            .ownOnly()
            .build();

    private RemoteSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(
                URL_OVERRIDE, URL, API_KEY, CONNECT_TIMEOUT, POLL, MQTT_TOPIC, MQTT_QOS, MQTT_RETAIN, ONTOLOGY_PATH);
    }
}
