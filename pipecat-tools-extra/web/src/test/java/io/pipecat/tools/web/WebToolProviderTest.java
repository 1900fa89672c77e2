package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.testkit.node.TestSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class WebToolProviderTest {

    @Test
    void isFoundByServiceLoader() {
        List<ToolProvider> providers = ServiceLoader.load(ToolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(WebToolProvider.class::isInstance)
                .toList();
        assertEquals(1, providers.size());
        assertEquals("web", providers.getFirst().name());
        assertFalse(providers.getFirst().remote());
        List<String> names =
                providers.getFirst().settings().stream().map(SettingSpec::name).toList();
        assertEquals(
                List.of("web_allow_private", "web_timeout", "web_max_bytes", "web_max_redirects", "web_max_text"),
                names);
    }

    @Test
    void offersOneMethodThatAnybodyMayCall() throws Exception {
        TestSettings settings = new TestSettings(DeploymentMode.MONOLITH, Map.of());
        Tool tool = Tool.annotated(new WebTool(new Fetcher(Network.SYSTEM, settings, "1"), settings));
        assertEquals("web", tool.spec().name());
        assertEquals(Placement.NORMAL, tool.spec().placement());
        assertEquals(
                List.of("fetch"),
                tool.spec().methods().stream().map(MethodSpec::name).toList());
        MethodSpec fetch = tool.spec().method("fetch").orElseThrow();
        assertFalse(fetch.sensitive());
        JsonValue required = fetch.parameters().get("required").orElseThrow();
        assertEquals("[\"url\"]", required.toString());
        // With the machine's own network: nothing is sent.
        ToolException refused = Assertions.assertThrows(
                ToolException.class,
                () -> tool.call(
                        "fetch",
                        JsonObject.of("url", "http://127.0.0.1/"),
                        new ToolContext("test", Instant.MAX, line -> {})));
        assertTrue(refused.getMessage().contains("loopback"), refused.getMessage());
        tool.close();
    }
}
