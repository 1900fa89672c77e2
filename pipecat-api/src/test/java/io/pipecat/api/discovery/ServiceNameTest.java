package io.pipecat.api.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

    @ParameterizedTest
    @CsvSource({
        "tool-server-api, tool_server_url_override",
        "world-model-api, world_model_url_override",
        "llamacpp-rpc-api, llamacpp_rpc_url_override",
        "llama-api-main, llama_api_main_url_override",
        "memory-service, memory_service_url_override",
        "pipecat-app, pipecat_app_url_override",
        "api, api_url_override"
    })
    void hasAnOverride(String name, String setting) {
        assertEquals(setting, new ServiceName(name).urlOverrideSetting());
        assertEquals(name, new ServiceName(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-api", "api-", "Tool", "tool_server", "a.b", "a b", "é"})
    void isAName(String text) {
        assertThrows(IllegalArgumentException.class, () -> new ServiceName(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64})
    void hasAtMost63Characters(int length) {
        String text = "a".repeat(length);
        if (length > 63) {
            assertThrows(IllegalArgumentException.class, () -> new ServiceName(text));
        } else {
            assertEquals(text, new ServiceName(text).value());
        }
    }
}
