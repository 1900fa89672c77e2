import io.pipecat.api.world.WorldConnectorProvider;
import io.pipecat.homeassistant.HomeAssistantConnectorProvider;

/**
 * Home Assistant both ways: its devices in the world model here, and by MQTT discovery the devices of this system there. Found through its
 * {@link WorldConnectorProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.homeassistant {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires okhttp3;
    requires org.slf4j;

    provides WorldConnectorProvider with
            HomeAssistantConnectorProvider;
}
