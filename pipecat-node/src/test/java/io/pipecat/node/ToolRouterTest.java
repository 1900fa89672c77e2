package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSource;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.tool.ToolSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolRouterTest {

    private final List<NodeEvent> events = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private SettingsStore store = store(Map.of());

    private static SettingsStore store(Map<String, String> settings) {
        try {
            return new SettingsStore(NodeSettings.all(), List.of(SettingsInput.of("test", settings)));
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private ToolRouter router(Map<String, String> settings) throws Exception {
        return router(settings, new FakeProviders.RemoteTools().create(null));
    }

    private ToolRouter router(Map<String, String> settings, ToolSource remote) throws Exception {
        store = store(settings);
        ToolSource local = new FakeProviders.LocalTools().create(null);
        return new ToolRouter(
                store,
                List.of(
                        new ToolRouter.Origin("local", "l.jar", false, local),
                        new ToolRouter.Origin("remote", "r.jar", true, remote)),
                new ToolFallbacks(Clock.systemUTC(), events::add));
    }

    /** A tool server that was never reached, or one whose tools end each call in the same way. */
    private record Server(List<Tool> tools, boolean complete) implements ToolSource {
        static Server away() {
            return new Server(List.of(), false);
        }

        static Server failing(AtomicReference<ToolException.Reason> reason) {
            return new Server(List.of(new Failing(Tool.annotated(new FakeProviders.Normal("there")), reason)), true);
        }

        @Override
        public String description() {
            return "http://core:8001 (a test)";
        }

        @Override
        public void close() {}
    }

    private record Failing(Tool tool, AtomicReference<ToolException.Reason> reason) implements Tool {
        @Override
        public ToolSpec spec() {
            return tool.spec();
        }

        @Override
        public JsonValue call(String method, JsonObject arguments, ToolContext context)
                throws ToolException, InterruptedException {
            if (reason.get() != null) {
                throw new ToolException(reason.get(), "the server is gone");
            }
            return tool.call(method, arguments, context);
        }
    }

    /** What a cluster shares. */
    private static SettingsSource shared(Map<String, String> values) {
        return new SettingsSource() {
            @Override
            public String name() {
                return "the cluster";
            }

            @Override
            public Map<String, String> values() {
                return values;
            }

            @Override
            public Subscription onChange(Runnable listener) {
                return () -> {};
            }

            @Override
            public void close() {}
        };
    }

    private static Topology.Role role(ToolRouter router, String role) {
        return router.roles().stream()
                .filter(each -> each.role().equals(role))
                .findFirst()
                .orElseThrow();
    }

    private String where(ToolRouter router, String tool) throws Exception {
        Tool found = router.find(tool).orElseThrow();
        JsonValue answer = found.call("where", JsonObject.EMPTY, new ToolContext("1", Instant.MAX, reports::add));
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

    @Test
    void singleToolComesBeforeTheModesAndItsPlacement() throws Exception {
        ToolRouter router = router(Map.of(
                "tool_execution_mode",
                "remote",
                "tool_locations",
                "normal=local, light=REMOTE,only_there=local,hevy=local"));
        assertEquals("here", where(router, "normal"));
        assertEquals("there", where(router, "light"));
        assertEquals("there", where(router, "heavy"));
        assertTrue(router.find("only_there").isEmpty());
        assertEquals("none", role(router, "tool:only_there").implementation());
        assertEquals(
                "tool_locations says normal=local (test)",
                role(router, "tool:normal").reason());
        String unknown = role(router, "tool:hevy").reason();
        assertTrue(unknown.contains("tool_locations (test)") && unknown.contains("Did you mean 'heavy'?"), unknown);
        assertEquals(1, router.remarks().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh", "ssh=there", "=local", "9x=local", "ssh=local,ssh=remote"})
    void locationsThatMakeNoSenseAreRefused(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> store(Map.of("tool_locations", text)));
        assertTrue(String.valueOf(e.getMessage()).contains("tool_locations (test)"), e.getMessage());
    }

    @Test
    void clusterDecidesLive() throws Exception {
        ToolRouter router = router(Map.of());
        assertEquals("here", where(router, "normal"));
        store.share(shared(Map.of("tool_execution_mode", "remote", "tool_locations", "heavy=local")));
        assertEquals("there", where(router, "normal"));
        assertEquals("here", where(router, "heavy"));
        assertEquals(
                "tool_execution_mode=remote (the cluster)",
                role(router, "tool:normal").reason());
        store.share(shared(Map.of()));
        assertEquals("here", where(router, "normal"));
    }

    @Test
    void nodeThatServesToolsKeepsItsOwnWhateverTheClusterSays() throws Exception {
        ToolRouter router = router(Map.of("serve", "web,tools"));
        store.share(shared(Map.of("tool_execution_mode", "remote", "tool_locations", "heavy=remote")));
        assertEquals("here", where(router, "normal"));
        assertEquals("here", where(router, "heavy"));
        assertEquals("there", where(router, "only_there"));
        String reason = role(router, "tool:normal").reason();
        assertTrue(
                reason.contains("this node serves tools")
                        && reason.contains("tool_execution_mode=remote (the cluster) does not count"),
                reason);
        assertEquals("there", where(router(Map.of("serve", "tools", "tool_execution_mode", "remote")), "normal"));
        ToolRouter alone = router(Map.of("serve", "tools"), Server.away());
        store.share(shared(Map.of("tool_execution_mode", "remote")));
        assertEquals("here", where(alone, "normal"));
        reason = role(alone, "tool:normal").reason();
        assertTrue(reason.contains("does not count"), reason);
    }

    @Test
    void toolOfAServerThatWasNeverReachedDoesNotSilentlyRunHere() throws Exception {
        ToolRouter router = router(Map.of("tool_execution_mode", "remote"), Server.away());
        assertEquals("here", where(router, "light"));
        ToolException e = assertThrows(ToolException.class, () -> where(router, "normal"));
        assertEquals(ToolException.Reason.UNAVAILABLE, e.reason());
        assertTrue(
                e.getMessage().contains("tool_execution_mode=remote (test)")
                        && e.getMessage().contains("http://core:8001")
                        && e.getMessage().contains("normal=local"),
                e.getMessage());
        assertEquals("remote", role(router, "tool:normal").implementation());
        assertEquals("http://core:8001 (a test)", role(router, "tool-server").detail());
        assertTrue(router.remarks().getFirst().contains("http://core:8001"));
    }

    @Test
    void toolThatTheServerDoesNotHaveRunsHereUnlessItIsNamed() throws Exception {
        Server empty = new Server(List.of(), true);
        ToolRouter router = router(Map.of("tool_execution_mode", "remote", "tool_locations", "heavy=remote"), empty);
        assertEquals("here", where(router, "normal"));
        String reason = role(router, "tool:normal").reason();
        assertTrue(reason.contains("only this node has it") && reason.contains("the server has none"), reason);
        ToolException e = assertThrows(ToolException.class, () -> where(router, "heavy"));
        assertTrue(e.getMessage().contains("does not offer it"), e.getMessage());
    }

    @Test
    void twinHereTakesOverOnlyIfConfiguredAndItIsSaid() throws Exception {
        AtomicReference<ToolException.Reason> reason = new AtomicReference<>(ToolException.Reason.UNAVAILABLE);
        Map<String, String> remote = Map.of("tool_execution_mode", "remote");
        ToolRouter off = router(remote, Server.failing(reason));
        assertEquals(
                ToolException.Reason.UNAVAILABLE,
                assertThrows(ToolException.class, () -> where(off, "normal")).reason());
        assertEquals(List.of(), events);

        ToolRouter router =
                router(Map.of("tool_execution_mode", "remote", "tool_fallback", "local"), Server.failing(reason));
        assertTrue(role(router, "tool:normal").reason().contains("takes over"));
        assertEquals("here", where(router, "normal"));
        assertEquals("here", where(router, "normal"));
        assertEquals(1, events.size(), "said once");
        assertTrue(events.getFirst().message().contains("the server is gone"), events.toString());
        assertEquals(2, reports.size());
        assertTrue(role(router, "tool:normal").reason().contains("took the last call: the server is gone"));
        reason.set(ToolException.Reason.UNCERTAIN);
        assertThrows(ToolException.class, () -> where(router, "normal"));
        assertEquals(1, events.size(), "a server that broke off is not back");
        reason.set(null);
        assertEquals("there", where(router, "normal"));
        assertEquals(2, events.size());
        assertTrue(role(router, "tool:normal").reason().contains("takes over"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ToolException.Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNAVAILABLE"})
    void twinHereNeverRepeatsWhatMayHaveRun(ToolException.Reason reason) throws Exception {
        ToolRouter router = router(
                Map.of("tool_execution_mode", "remote", "tool_fallback", "local"),
                Server.failing(new AtomicReference<>(reason)));
        assertEquals(
                reason,
                assertThrows(ToolException.class, () -> where(router, "normal")).reason());
        assertEquals(List.of(), events);
    }

    @Test
    void twinHereAlsoTakesOverForAServerThatWasNeverReached() throws Exception {
        ToolRouter router = router(Map.of("tool_execution_mode", "remote", "tool_fallback", "local"), Server.away());
        assertEquals("here", where(router, "normal"));
        assertEquals(1, events.size());
    }

    @Test
    void somebodyIsAskedIfEitherTwinWantsIt() throws Exception {
        ToolFallbacks fallbacks = new ToolFallbacks(Clock.systemUTC(), events::add);
        Tool harmless = Tool.annotated(new FakeProviders.Normal("x"));
        Tool sensitive = Tool.annotated(new Sensitive());
        assertTrue(fallbacks
                .behind(harmless, sensitive)
                .spec()
                .methods()
                .getFirst()
                .sensitive());
        assertTrue(fallbacks
                .behind(sensitive, harmless)
                .spec()
                .methods()
                .getFirst()
                .sensitive());
        assertFalse(
                fallbacks.behind(harmless, harmless).spec().methods().getFirst().sensitive());
    }

    /** A tool of which somebody should be asked. */
    @ToolInfo(name = "normal", description = "Sensitive.")
    public static final class Sensitive {
        /** Tells where it runs. */
        @ToolMethod(value = "Where it runs.", sensitive = true)
        public String where() {
            return "here";
        }
    }

    @Test
    void whatDoesNotChangeIsNotWorkedOutAgain() throws Exception {
        ToolRouter router = router(Map.of());
        assertSame(router.tools(), router.tools());
    }
}
