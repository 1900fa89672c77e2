package io.pipecat.endpoint.wyoming;

import io.pipecat.api.setting.SettingSpec;
import java.time.Duration;
import java.util.List;

/** What can be set about the voice door. */
final class WyomingSettings {
    static final SettingSpec<Integer> PORT = SettingSpec.integer("wyoming_port", 0, 65_535)
            .defaultValue(10_300)
            .description("The port on which voice assistants find this node; 0 for any free one.")
            .ownOnly()
            .build();

    static final SettingSpec<Integer> CONNECTIONS = SettingSpec.integer("wyoming_max_connections", 1, 10_000)
            .defaultValue(64)
            .description("How many connections of voice assistants are held; one more is closed at once.")
            .ownOnly()
            .build();

    static final SettingSpec<Duration> IDLE = SettingSpec.duration(
                    "wyoming_idle_timeout", Duration.ofMillis(100), Duration.ofHours(24))
            .defaultValue(Duration.ofMinutes(10))
            .description(
                    "How long a voice assistant's connection may say nothing, or take to send an event, before it is"
                            + " closed, and how long a conversation is remembered after its last sentence.")
            .ownOnly()
            .build();

    static final SettingSpec<List<String>> LANGUAGES = SettingSpec.list("wyoming_languages")
            .defaultValue(List.of("en"))
            .description("The languages that the voice assistant is told this node understands, as en or de-CH.")
            .ownOnly()
            .build();

    private WyomingSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(PORT, CONNECTIONS, IDLE, LANGUAGES);
    }
}
