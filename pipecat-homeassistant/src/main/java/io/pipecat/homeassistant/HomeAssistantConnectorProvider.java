package io.pipecat.homeassistant;

import io.pipecat.api.NodeContext;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.world.WorldConnector;
import io.pipecat.api.world.WorldConnectorProvider;
import io.pipecat.homeassistant.discovery.Discovery;
import io.pipecat.homeassistant.discovery.DiscoveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Joins the world model to Home Assistant where {@code ha_areas} or {@code ha_discovery} asks for it. */
public final class HomeAssistantConnectorProvider implements WorldConnectorProvider {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration GATHERING = Duration.ofMillis(200);

    /** For {@link java.util.ServiceLoader}. */
    public HomeAssistantConnectorProvider() {}

    @Override
    public String name() {
        return "home-assistant";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return HomeAssistantSettings.ALL;
    }

    @Override
    public boolean wanted(Settings settings) {
        return !settings.get(HomeAssistantSettings.AREAS).isEmpty() || settings.get(HomeAssistantSettings.DISCOVERY);
    }

    @Override
    public WorldConnector create(NodeContext context) throws SettingsException {
        Settings settings = context.settings();
        Optional<Import> imported = Optional.empty();
        List<String> areas = settings.get(HomeAssistantSettings.AREAS);
        if (!areas.isEmpty()) {
            requireAccess(settings);
            imported = Optional.of(new Import(context, areas, new Backoff(FIRST_WAIT, LONGEST_WAIT, Math::random)));
        }
        Optional<Discovery> discovery = Optional.empty();
        if (settings.get(HomeAssistantSettings.DISCOVERY)) {
            discovery = Optional.of(new Discovery(context, broker(context), options(settings)));
        }
        return new HomeAssistantConnector(imported, discovery);
    }

    private static void requireAccess(Settings settings) throws SettingsException {
        if (settings.find(HomeAssistantSettings.URL).isEmpty()) {
            throw new SettingsException(
                    "ha_areas asks for devices of Home Assistant, but where that is, is not set: set ha_url, such as"
                            + " http://homeassistant.local:8123, or unset ha_areas.");
        }
        if (settings.find(HomeAssistantSettings.TOKEN).isEmpty()) {
            throw new SettingsException(
                    "ha_areas asks for devices of Home Assistant, which wants a token: make a long-lived access token on"
                            + " the page of your profile there, and set ha_token; or unset ha_areas.");
        }
    }

    private static MqttLink broker(NodeContext context) throws SettingsException {
        return context.mqtt()
                .orElseThrow(() -> new SettingsException(
                        "ha_discovery shows this node to Home Assistant over an MQTT broker, and none is configured: set"
                                + " mqtt_host to the broker that Home Assistant uses, or unset ha_discovery."));
    }

    private static DiscoveryOptions options(Settings settings) throws SettingsException {
        String prefix = settings.get(HomeAssistantSettings.DISCOVERY_PREFIX);
        if (!prefix.matches("[^+#/$\\x00][^+#\\x00]*") || prefix.endsWith("/")) {
            throw new SettingsException("ha_discovery_prefix: '" + prefix
                    + "' is no beginning of a topic; set it to what Home Assistant's MQTT integration says, which is"
                    + " homeassistant unless it was changed.");
        }
        return new DiscoveryOptions(prefix, settings.get(HomeAssistantSettings.DISCOVERY_DEVICES), GATHERING);
    }
}
