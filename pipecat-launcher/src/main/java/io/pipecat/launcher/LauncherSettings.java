package io.pipecat.launcher;

import io.pipecat.api.setting.SettingSpec;
import java.time.Duration;
import java.util.List;

/** The settings of the program itself. */
final class LauncherSettings {
    static final SettingSpec<String> LOG_LEVEL = SettingSpec.choice(
                    "log_level", List.of("error", "warn", "info", "debug", "trace"))
            .description("How much is logged to standard error; info for serve and warn for the other commands unless"
                    + " set.")
            .build();

    static final SettingSpec<Duration> DRAIN_TIMEOUT = SettingSpec.duration(
                    "drain_timeout", Duration.ZERO, Duration.ofMinutes(10))
            .defaultValue(Duration.ofSeconds(10))
            .description("How long requests under way may still take when a node is told to stop.")
            .build();

    private LauncherSettings() {}

    static List<SettingSpec<?>> all() {
        return List.of(LOG_LEVEL, DRAIN_TIMEOUT);
    }
}
