package io.pipecat.tools.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.ToolProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    @Test
    void areFoundByServiceLoader() {
        List<ToolProvider> providers = ServiceLoader.load(ToolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.getClass().getPackage().equals(ProvidersTest.class.getPackage()))
                .toList();
        assertEquals(
                List.of("ha", "orchestrator"),
                providers.stream().map(ToolProvider::name).toList());
        assertEquals(
                List.of("ha_url", "ha_token", "ha_timeout", "nomad_addr", "nomad_token"),
                providers.stream()
                        .flatMap(p -> p.settings().stream())
                        .map(SettingSpec::name)
                        .toList());
    }

    @Test
    void onlyTheTokenOfHomeAssistantMayBeShared() {
        assertTrue(HomeAssistantSettings.TOKEN.secret() && HomeAssistantSettings.TOKEN.shared());
        assertTrue(OrchestratorSettings.NOMAD_TOKEN.secret());
        assertFalse(OrchestratorSettings.NOMAD_TOKEN.shared());
    }
}
