package io.pipecat.worldmodel.local;

import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.worldmodel.cluster.ClusterSettings;
import io.pipecat.worldmodel.state.TopicStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What can be set about the world model in this process. */
final class LocalSettings {
    static final SettingSpec<Path> ONTOLOGY_PATH = SettingSpec.path("ontology_path")
            .defaultValue(Path.of("ontology.yaml"))
            .description(
                    "The YAML file that says which places, devices, machines and agents there are. The default may be"
                            + " missing.")
            .ownOnly()
            .build();

    /** The module that talks to the broker declares it too, as it does the next two. */
    static final SettingSpec<List<String>> MQTT_TOPIC = SettingSpec.list("mqtt_topic")
            .defaultValue(List.of("#"))
            .description("Which topics the world model hears: one or more filters with MQTT's wildcards.")
            .build();

    static final SettingSpec<Integer> MQTT_QOS = SettingSpec.integer("mqtt_qos", 0, 2)
            .defaultValue(0)
            .description("How surely MQTT messages arrive: 0 at most once, 1 at least once, 2 once. For what the world"
                    + " model publishes, and the most that is asked of the broker for what it sends.")
            .build();

    static final SettingSpec<Boolean> MQTT_RETAIN = SettingSpec.bool("mqtt_retain")
            .defaultValue(true)
            .description(
                    "Whether the MQTT broker keeps the state that the world model publishes for those that come later.")
            .build();

    static final SettingSpec<Duration> ASSUME = SettingSpec.duration(
                    "world_assume", Duration.ofSeconds(1), Duration.ofHours(1))
            .defaultValue(Duration.ofSeconds(30))
            .description(
                    "How long the state that a command asked for is assumed, if the device says nothing; then what it"
                            + " said last counts again.")
            .build();

    static final SettingSpec<Integer> MAX_TOPICS = SettingSpec.integer("world_max_topics", 1, 100_000_000)
            .defaultValue(1_000_000)
            .description(
                    "How many topics the world model holds. Further ones are refused, and counted; those that it holds"
                            + " still change.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> MAX_MIB = SettingSpec.integer("world_max_mib", 1, 1 << 20)
            .description(
                    "How much memory topics and values may take, in MiB by a rough estimate. Half of the JVM's unless"
                            + " set.")
            .ownOnly()
            .build();

    static final List<SettingSpec<?>> ALL = Stream.concat(
                    Stream.<SettingSpec<?>>of(
                            ONTOLOGY_PATH, MQTT_TOPIC, MQTT_QOS, MQTT_RETAIN, ASSUME, MAX_TOPICS, MAX_MIB),
                    ClusterSettings.ALL.stream())
            .toList();

    private LocalSettings() {}

    static TopicStore.Limits limits(Settings settings) {
        long bytes = settings.find(MAX_MIB)
                .map(mib -> (long) mib << 20)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / 2);
        return new TopicStore.Limits(settings.get(MAX_TOPICS), bytes);
    }
}
