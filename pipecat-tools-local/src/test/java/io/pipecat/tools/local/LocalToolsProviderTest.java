package io.pipecat.tools.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.NodeTier;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.api.world.WorldModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalToolsProviderTest {

    /** A node that has nothing but what these tools may use. */
    private record BareNode(Clock clock, Path stateDir, Map<String, String> set) implements NodeContext {
        @Override
        public NodeInfo node() {
            return new NodeInfo("kitchen", "i1", DeploymentMode.MONOLITH, Optional.of(NodeTier.MID), "0.1");
        }

        @Override
        public Settings settings() {
            return new SetValues(set);
        }

        @Override
        public ServiceDiscovery discovery() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<WorldModel> worldModel() {
            return Optional.empty();
        }

        @Override
        public LLMService llm() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ToolCatalogue tools() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Metrics metrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Topology topology() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void publish(NodeEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription onEvent(Consumer<? super NodeEvent> listener) {
            throw new UnsupportedOperationException();
        }
    }

    /** Settings that are what somebody wrote, else their defaults. */
    private record SetValues(Map<String, String> set) implements Settings {
        @Override
        public <T> SettingValue<T> describe(SettingSpec<T> spec) {
            Optional<String> written = Optional.ofNullable(set.get(spec.name()));
            return new SettingValue<>(
                    spec,
                    written.map(spec.type()::parse)
                            .or(() -> spec.defaultFor(DeploymentMode.MONOLITH, Optional.of(NodeTier.MID))),
                    written.isPresent() ? "test" : "default",
                    written.isEmpty());
        }

        @Override
        public <T> Subscription watch(SettingSpec<T> spec, Consumer<? super SettingValue<T>> listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static List<Tool> tools(Path stateDir) throws Exception {
        return tools(stateDir, Map.of());
    }

    private static List<Tool> tools(Path stateDir, Map<String, String> set) throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-05T08:09:10Z"), ZoneId.of("Europe/Berlin"));
        ToolSource source = new LocalToolsProvider().create(new BareNode(clock, stateDir, set));
        return source.tools();
    }

    private static Tool tool(Path stateDir, String name) throws Exception {
        return ToolCatalogue.of(tools(stateDir)).find(name).orElseThrow();
    }

    @Test
    void isFoundByServiceLoader() {
        List<ToolProvider> providers = ServiceLoader.load(ToolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(LocalToolsProvider.class::isInstance)
                .toList();
        assertEquals(1, providers.size());
        assertEquals("local", providers.getFirst().name());
        assertFalse(providers.getFirst().remote());
        assertEquals(
                "file_roots code_runner_enabled code_runner_max_time code_runner_memory_mib code_runner_disk_mib"
                        + " code_runner_processes ansible_dir ansible_inventory power_enabled",
                providers.getFirst().settings().stream().map(SettingSpec::name).collect(Collectors.joining(" ")));
        // Nobody but who runs this machine decides what a tool may do to it.
        assertTrue(providers.getFirst().settings().stream().noneMatch(SettingSpec::shared));
    }

    @Test
    void bringsFourLightTools(@TempDir Path stateDir) throws Exception {
        List<Tool> tools = tools(stateDir, Map.of("code_runner_enabled", "false"));
        assertEquals(List.of("calculator", "clock", "system", "wol"), names(tools));
        for (Tool tool : tools) {
            assertEquals(Placement.LIGHT, tool.spec().placement());
            assertTrue(tool.spec().methods().stream().noneMatch(MethodSpec::sensitive));
        }
    }

    private static List<String> names(List<Tool> tools) {
        return tools.stream().map(tool -> tool.spec().name()).toList();
    }

    @Test
    void settingsBringTheOthers(@TempDir Path stateDir) throws Exception {
        assertEquals(List.of("calculator", "clock", "system", "wol", "code_runner"), names(tools(stateDir)));
        Map<String, String> all =
                Map.of("file_roots", stateDir + ", /srv/files", "ansible_dir", "playbooks", "power_enabled", "true");
        assertEquals(
                List.of("calculator", "clock", "system", "wol", "code_runner", "files", "ansible", "power"),
                names(tools(stateDir, all)));
    }

    @Test
    void aRelativeFolderForFilesIsRefused(@TempDir Path stateDir) {
        ToolException e = assertThrows(ToolException.class, () -> tools(stateDir, Map.of("file_roots", "srv")));
        assertEquals("file_roots must name folders by absolute paths, not 'srv'.", e.getMessage());
    }

    @Test
    void sensitiveIsWhatChangesSomething(@TempDir Path stateDir) throws Exception {
        Map<String, String> all =
                Map.of("file_roots", stateDir.toString(), "ansible_dir", "playbooks", "power_enabled", "true");
        List<String> sensitive = tools(stateDir, all).stream()
                .flatMap(tool -> tool.spec().methods().stream()
                        .filter(MethodSpec::sensitive)
                        .map(method -> tool.spec().name() + "." + method.name()))
                .toList();
        assertEquals(
                List.of(
                        "code_runner.run_code_in_sandbox",
                        "code_runner.run_python_code",
                        "files.patch",
                        "files.write",
                        "ansible.run_playbook",
                        "power.cancel",
                        "power.reboot",
                        "power.shutdown",
                        "power.suspend"),
                sensitive);
    }

    private static String schemas(Tool tool) {
        StringBuilder schemas = new StringBuilder();
        for (MethodSpec method : tool.spec().methods()) {
            schemas.append(method.name()).append(' ');
            method.parameters().object("properties").orElseThrow().members().forEach((name, schema) -> {
                JsonObject parameter = (JsonObject) schema;
                assertTrue(parameter.has("description"), name);
                schemas.append(name).append(':').append(parameter.string("type").orElseThrow());
                parameter.get("default").ifPresent(value -> schemas.append('=').append(value));
                schemas.append(' ');
            });
            schemas.append("required ")
                    .append(method.parameters().get("required").orElseThrow())
                    .append('\n');
        }
        return schemas.toString();
    }

    @Test
    void schemasAreTheContracts(@TempDir Path stateDir) throws Exception {
        assertEquals("""
                add a:number b:number required ["a","b"]
                divide a:number b:number required ["a","b"]
                evaluate expression:string required ["expression"]
                multiply a:number b:number required ["a","b"]
                subtract a:number b:number required ["a","b"]
                """, schemas(tool(stateDir, "calculator")));
        assertEquals("""
                add amount:string to:string="now" required ["amount"]
                difference from:string="now" to:string="now" required []
                now zone:string required []
                """, schemas(tool(stateDir, "clock")));
        assertEquals("info required []\n", schemas(tool(stateDir, "system")));
        assertEquals("""
                wake mac:string ip:string="255.255.255.255" port:integer=9 required ["mac"]
                """, schemas(tool(stateDir, "wol")));
    }

    @Test
    void theClockIsTheNodes(@TempDir Path stateDir) throws Exception {
        JsonObject now = Calls.object(tool(stateDir, "clock"), "now", JsonObject.EMPTY);
        assertEquals("2026-11-05T09:09:10+01:00", now.string("iso").orElseThrow());
    }

    @Test
    void theSystemIsTheNodes(@TempDir Path stateDir) throws Exception {
        JsonObject info = Calls.object(tool(stateDir, "system"), "info", JsonObject.EMPTY);
        assertEquals(
                "{\"name\":\"kitchen\",\"tier\":\"mid\",\"mode\":\"monolith\",\"version\":\"0.1\"}",
                info.object("node").orElseThrow().toString());
    }
}
