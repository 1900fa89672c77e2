package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who serves the world model holds it. */
class WorldModelChoiceTest {
    private static final class Endpoint implements EndpointProvider {
        @Override
        public String name() {
            return "world-model";
        }

        @Override
        public int port(Settings settings) {
            return 0;
        }

        @Override
        public HttpEndpoint create(NodeContext context) {
            throw new AssertionError("nothing is served here");
        }
    }

    private static Providers providers(boolean withEndpoint) {
        List<EndpointProvider> endpoints = withEndpoint ? List.of(new Endpoint()) : List.of();
        return new Providers(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), endpoints,
                List.of(), List.of());
    }

    private static SettingsStore settings(String texts) throws SettingsException {
        Map<String, String> values = new HashMap<>();
        for (String each : texts.split(" ", -1)) {
            if (!each.isEmpty()) {
                values.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
            }
        }
        return new SettingsStore(NodeSettings.all(), List.of(SettingsInput.of("test", values)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, local",
        "deployment_mode=distributed, true, distributed",
        "deployment_mode=distributed node_tier=core, true, local",
        "deployment_mode=distributed node_tier=core, false, distributed",
        "deployment_mode=distributed serve=world-model, true, local",
        "world_model_mode=distributed serve=web, true, distributed",
        "world_model_mode=local serve=world-model, true, local",
    })
    void whoServesItHoldsIt(String texts, boolean withEndpoint, String provider) throws Exception {
        assertEquals(
                provider,
                WorldModelChoice.decide(settings(texts), providers(withEndpoint))
                        .provider());
    }

    @ParameterizedTest
    @CsvSource({"world_model_mode=distributed serve=world-model", "world_model_mode=distributed node_tier=core"})
    void whoServesItCannotAskForAnothers(String texts) {
        SettingsException refusal =
                assertThrows(SettingsException.class, () -> WorldModelChoice.decide(settings(texts), providers(true)));
        assertTrue(refusal.getMessage().contains("Unset world_model_mode, or take world-model out of serve."));
    }
}
