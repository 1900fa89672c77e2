package io.pipecat.tools.home;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The settings of the {@code ha} tool. All of them are live. */
final class HomeAssistantSettings {
    static final SettingSpec<URI> URL = SettingSpec.httpUrl("ha_url")
            .description(
                    "Where Home Assistant is, such as http://homeassistant.local:8123. The tool ha is there once this is set.")
            .live()
            .build();

    static final SettingSpec<Secret> TOKEN = SettingSpec.secret("ha_token")
            .description(
                    "A long-lived access token of Home Assistant (made on the page of a user's profile, under Security).")
            .alsoShared()
            .live()
            .build();

    static final SettingSpec<Duration> TIMEOUT = SettingSpec.duration(
                    "ha_timeout", Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultValue(Duration.ofSeconds(10))
            .description("How long Home Assistant may take to answer one request.")
            .live()
            .build();

    static final List<SettingSpec<?>> ALL = List.of(URL, TOKEN, TIMEOUT);

    private HomeAssistantSettings() {}
}
