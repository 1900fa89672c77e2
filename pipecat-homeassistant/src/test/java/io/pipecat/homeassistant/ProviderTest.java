package io.pipecat.homeassistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.world.WorldConnectorProvider;
import io.pipecat.homeassistant.discovery.FakeLink;
import io.pipecat.testkit.node.TestNode;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {
    private final WorldConnectorProvider provider = ServiceLoader.load(WorldConnectorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("home-assistant"))
            .findFirst()
            .orElseThrow();

    private static TestNode.Builder node(Map<String, String> settings) {
        return TestNode.builder().settings(settings);
    }

    @Test
    void isWantedOnlyWhereItIsAskedFor() {
        assertFalse(provider.wanted(node(Map.of()).build().settings()));
        assertFalse(provider.wanted(node(Map.of("ha_url", "http://127.0.0.1:1", "ha_token", "t"))
                .build()
                .settings()));
        assertTrue(provider.wanted(node(Map.of("ha_areas", "Kitchen")).build().settings()));
        assertTrue(provider.wanted(node(Map.of("ha_discovery", "true")).build().settings()));
    }

    private String refusal(TestNode node) {
        return assertThrows(SettingsException.class, () -> provider.create(node))
                .getMessage();
    }

    @Test
    void saysWhichSettingIsMissing() {
        assertTrue(refusal(node(Map.of("ha_areas", "*")).build()).contains("set ha_url"));
        assertTrue(refusal(node(Map.of("ha_areas", "*", "ha_url", "http://127.0.0.1:1"))
                        .build())
                .contains("set ha_token"));
        assertTrue(refusal(node(Map.of("ha_discovery", "true")).build()).contains("set mqtt_host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "home/+", "/home", "home/", "$SYS"})
    void aPrefixMustBeTheBeginningOfATopic(String prefix) {
        TestNode node = node(Map.of("ha_discovery", "true", "ha_discovery_prefix", prefix))
                .mqtt(new FakeLink())
                .build();
        assertTrue(refusal(node).contains("is no beginning of a topic"));
    }

    @Test
    void bothWaysAreOneConnector() throws Exception {
        TestNode node = node(Map.of(
                        "ha_discovery", "true", "ha_areas", "*", "ha_url", "http://127.0.0.1:1", "ha_token", "t"))
                .mqtt(new FakeLink())
                .build();
        try (HomeAssistantConnector connector = (HomeAssistantConnector) provider.create(node)) {
            assertTrue(connector.imported().isPresent() && connector.discovery().isPresent());
        }
        assertEquals(7, provider.settings().size());
    }
}
