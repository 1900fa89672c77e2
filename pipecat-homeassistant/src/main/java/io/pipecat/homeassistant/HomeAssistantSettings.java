package io.pipecat.homeassistant;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What can be set about Home Assistant. The first three are the tool {@code ha}'s as well. */
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

    static final SettingSpec<List<String>> AREAS = SettingSpec.list("ha_areas")
            .defaultValue(List.of())
            .description(
                    "The areas of Home Assistant whose devices are brought into the world model, by their names; * for all"
                            + " of it, with what is in no area. None unless set.")
            .build();

    static final SettingSpec<Boolean> DISCOVERY = SettingSpec.bool("ha_discovery")
            .defaultValue(false)
            .description(
                    "Whether Home Assistant is shown this node and its own devices, by MQTT discovery over the node's"
                            + " broker.")
            .build();

    static final SettingSpec<String> DISCOVERY_PREFIX = SettingSpec.string("ha_discovery_prefix")
            .defaultValue("homeassistant")
            .description("The discovery prefix that Home Assistant's MQTT integration is set to.")
            .build();

    static final SettingSpec<List<String>> DISCOVERY_DEVICES = SettingSpec.list("ha_discovery_devices")
            .defaultValue(List.of("*"))
            .description(
                    "The devices of this node that Home Assistant is shown, by their ids; * for all that are its own. Leave"
                            + " out those that Home Assistant has by another way already.")
            .build();

    static final List<SettingSpec<?>> ALL =
            List.of(URL, TOKEN, TIMEOUT, AREAS, DISCOVERY, DISCOVERY_PREFIX, DISCOVERY_DEVICES);

    private HomeAssistantSettings() {}
}
