package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolRouterTest {

    private static ToolRouter router(Map<String, String> settings) throws Exception {
        SettingsStore store = new SettingsStore(NodeSettings.all(), List.of(SettingsInput.of("test", settings)));
        FakeProviders.LocalTools local = new FakeProviders.LocalTools();
        FakeProviders.RemoteTools remote = new FakeProviders.RemoteTools();
        return new ToolRouter(
                store,
                List.of(
                        new ToolRouter.Origin("local", "l.jar", false, source(local)),
                        new ToolRouter.Origin("remote", "r.jar", true, source(remote))));
    }

    private static io.pipecat.api.tool.ToolSource source(io.pipecat.api.tool.ToolProvider provider) throws Exception {
        return provider.create(null);
    }

    private static String where(ToolRouter router, String tool) throws Exception {
        Tool found = router.find(tool).orElseThrow();
        JsonValue answer = found.call("where", JsonObject.EMPTY, new ToolContext("1", Instant.MAX, line -> {}));
        return ((JsonString) answer).value();
    }

    @ParameterizedTest
    @CsvSource({
        "local,  '',     here, here,  here",
        "remote, '',     here, there, there",
        "local,  remote, here, here,  there",
        "remote, local,  here, there, here"
    })
    void placementAndSettingsDecide(String normalMode, String heavyMode, String light, String normal, String heavy)
            throws Exception {
        ToolRouter router = router(Map.of("tool_execution_mode", normalMode, "heavy_tools_mode", heavyMode));
        assertEquals(light, where(router, "light"));
        assertEquals(normal, where(router, "normal"));
        assertEquals(heavy, where(router, "heavy"));
        assertEquals("there", where(router, "only_there"));
    }

    @Test
    void topologyTellsWhyAndWhatElseWasThere() throws Exception {
        ToolRouter router = router(Map.of("heavy_tools_mode", "remote"));
        var heavy = router.roles().stream()
                .filter(role -> role.role().equals("tool:heavy"))
                .findFirst()
                .orElseThrow();
        assertEquals("remote", heavy.implementation());
        assertEquals("heavy_tools_mode=remote (test)", heavy.reason());
        assertEquals(List.of("local (l.jar)"), heavy.others());
        assertTrue(router.roles().stream()
                .anyMatch(role ->
                        role.role().equals("tool:light") && role.reason().contains("always run here")));
    }

    @Test
    void whatIsServedToOthersAlwaysRunsHere() throws Exception {
        ToolRouter router = router(Map.of("tool_execution_mode", "remote"));
        assertEquals(
                List.of("heavy", "light", "normal"),
                router.local().stream().map(tool -> tool.spec().name()).toList());
        for (Tool tool : router.local()) {
            ToolContext context = new ToolContext("c", Instant.EPOCH, line -> {});
            assertEquals(new JsonString("here"), tool.call("where", JsonObject.EMPTY, context));
        }
    }
}
