package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.AgentSettings;
import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeTier;
import io.pipecat.api.Subscription;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    private static EffectiveSettings settings(SettingsInput... inputs) throws SettingsException {
        NodeBuilder builder = Node.builder();
        for (SettingsInput input : inputs) {
            builder.settings(input);
        }
        return builder.effectiveSettings();
    }

    private static String problem(SettingsInput... inputs) {
        return assertThrows(SettingsException.class, () -> settings(inputs)).getMessage();
    }

    private SettingsInput file(String yaml) throws IOException, SettingsException {
        return SettingsInput.file(Files.writeString(folder.resolve("pipecat.yaml"), yaml));
    }

    @Test
    void higherSourcesComeFirst() throws Exception {
        EffectiveSettings settings = settings(
                SettingsInput.of("command line", Map.of("tool_timeout", "1s")),
                SettingsInput.environment(Map.of("TOOL_TIMEOUT", "2s", "NODE_NAME", "from-env")),
                file("tool_timeout: 3s\nnode_name: from-file\nagent_max_steps: 7\n"));
        assertEquals(Duration.ofSeconds(1), settings.get(AgentSettings.TOOL_TIMEOUT));
        assertEquals(
                "command line", settings.describe(AgentSettings.TOOL_TIMEOUT).source());
        assertEquals("from-env", settings.get(NodeSettings.NODE_NAME));
        assertEquals(
                "environment NODE_NAME",
                settings.describe(NodeSettings.NODE_NAME).source());
        assertEquals(
                folder.resolve("pipecat.yaml") + ":3",
                settings.describe(AgentSettings.AGENT_MAX_STEPS).source());
    }

    @Test
    void modeDecidesDefaults() throws Exception {
        EffectiveSettings monolith = settings();
        assertEquals(DeploymentMode.MONOLITH, monolith.mode());
        assertEquals(Optional.of(NodeTier.MID), monolith.tier());
        assertEquals("local", monolith.get(NodeSettings.WORLD_MODEL_MODE));
        EffectiveSettings edge =
                settings(SettingsInput.environment(Map.of("NODE_ROLE", "distributed", "NODE_TIER", "edge")));
        assertEquals(DeploymentMode.DISTRIBUTED, edge.get(NodeSettings.DEPLOYMENT_MODE));
        assertEquals("distributed", edge.get(NodeSettings.WORLD_MODEL_MODE));
        assertEquals(NodeSettings.ToolLocation.REMOTE, edge.get(NodeSettings.TOOL_EXECUTION_MODE));
        EffectiveSettings core =
                settings(SettingsInput.of("test", Map.of("deployment_mode", "distributed", "node_tier", "core")));
        assertEquals(NodeSettings.ToolLocation.LOCAL, core.get(NodeSettings.TOOL_EXECUTION_MODE));
        assertEquals(List.of("web", "llm", "tools", "world-model"), core.get(NodeSettings.SERVE));
        assertEquals(
                Optional.empty(),
                settings(SettingsInput.of("test", Map.of("deployment_mode", "distributed")))
                        .tier());
    }

    @Test
    void contradictingModesAreRefused() {
        String message =
                problem(SettingsInput.environment(Map.of("DEPLOYMENT_MODE", "monolith", "NODE_ROLE", "distributed")));
        assertTrue(message.contains("deployment_mode is 'monolith'") && message.contains("NODE_ROLE"), message);
    }

    @Test
    void agreeingModesAreTaken() throws Exception {
        assertEquals(
                DeploymentMode.DISTRIBUTED,
                settings(SettingsInput.environment(
                                Map.of("DEPLOYMENT_MODE", "distributed", "NODE_ROLE", "distributed")))
                        .mode());
    }

    @Test
    void unknownNamesAreRefusedWithTheNearest() throws Exception {
        String message = problem(SettingsInput.of("command line", Map.of("tool_timout", "1s")));
        assertTrue(message.contains("'tool_timout' (command line)") && message.contains("'tool_timeout'"), message);
        String inFile = problem(file("\n\napproval_mod: ask\n"));
        assertTrue(inFile.contains("pipecat.yaml:3") && inFile.contains("'approval_mode'"), inFile);
    }

    @Test
    void environmentHoldsManyNamesThatAreNotOurs() throws Exception {
        settings(SettingsInput.environment(Map.of("PATH", "/bin", "SERVER", "x", "http_proxy", "y", "EDITOR", "vi")));
        String message = problem(SettingsInput.environment(Map.of("LLAMA_API_URL_OVERIDE", "http://x/v1")));
        assertTrue(message.contains("LLAMA_API_URL_OVERIDE") && message.contains("'llama_api_url_override'"), message);
    }

    @Test
    void blankMeansUnset() throws Exception {
        EffectiveSettings settings =
                settings(SettingsInput.environment(Map.of("LLAMA_API_URL_OVERRIDE", "", "NODE_NAME", "  ")));
        assertFalse(settings.isSet(LLMSettings.LLAMA_API_URL_OVERRIDE));
        assertFalse(settings.isSet(NodeSettings.NODE_NAME));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        String message = problem(SettingsInput.of(
                "test", Map.of("agent_max_steps", "1000", "approval_mode", "aks", "run_local_llm", "perhaps")));
        assertEquals(3, message.lines().count(), message);
        assertTrue(message.contains("the nearest is 100"), message);
        assertTrue(message.contains("'ask'"), message);
    }

    @Test
    void secretsAreMaskedAndCanComeFromFiles() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "s3cret\n");
        EffectiveSettings settings = settings(SettingsInput.environment(Map.of("ECHO_API_KEY_FILE", key.toString())));
        assertEquals(Optional.of(new Secret("s3cret")), settings.find(FakeProviders.KEY));
        assertEquals(List.of(new Secret("s3cret")), settings.secrets());
        assertFalse(settings.all().toString().contains("s3cret"));
        assertFalse(settings.describe(FakeProviders.KEY).display().orElseThrow().contains("s3cret"));
        String both =
                problem(SettingsInput.environment(Map.of("ECHO_API_KEY", "a", "ECHO_API_KEY_FILE", key.toString())));
        assertTrue(both.contains("keep one of them"), both);
        String missing = problem(SettingsInput.environment(Map.of("ECHO_API_KEY_FILE", folder + "/nothing")));
        assertTrue(missing.contains(folder + "/nothing"), missing);
    }

    @Test
    void passwordInAUrlIsNotRepeated() {
        String message = problem(SettingsInput.of("test", Map.of("llama_api_url_override", "http://me:hunter2@core")));
        assertTrue(message.contains("llama_api_url_override"), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @Test
    void higherFileOfASecretHidesALowerValue() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "high");
        EffectiveSettings settings = settings(
                SettingsInput.of("command line", Map.of("echo_api_key_file", key.toString())),
                SettingsInput.environment(Map.of("ECHO_API_KEY", "low")));
        assertEquals(Optional.of(new Secret("high")), settings.find(FakeProviders.KEY));
    }

    @Test
    void brokenFilesNameTheLine() throws Exception {
        assertTrue(assertThrows(SettingsException.class, () -> file("node_name: [a\n"))
                .getMessage()
                .contains("pipecat.yaml:"));
        String nested = assertThrows(SettingsException.class, () -> file("node_name: x\nmqtt:\n  host: y\n"))
                .getMessage();
        assertTrue(nested.contains("pipecat.yaml:3") && nested.contains("mqtt takes a plain value"), nested);
        String twice = assertThrows(SettingsException.class, () -> file("node_name: x\nnode_name: y\n"))
                .getMessage();
        assertTrue(twice.contains("node_name"), twice);
        String list = assertThrows(SettingsException.class, () -> file("- a\n")).getMessage();
        assertTrue(list.contains("name: value"), list);
        assertEquals(Map.of(), file("").values());
    }

    @Test
    void fileValuesStayAsTheyAreWritten() throws Exception {
        EffectiveSettings settings = settings(file("node_name: 0123\nserve: [web, tools]\nllm_provider:\n"));
        assertEquals("0123", settings.get(NodeSettings.NODE_NAME));
        assertEquals(List.of("web", "tools"), settings.get(NodeSettings.SERVE));
        assertFalse(settings.isSet(LLMSettings.LLM_PROVIDER));
    }

    @Test
    void slipInAKnownOverrideIsNotTakenForAService() {
        String llm = problem(SettingsInput.environment(Map.of("LAMA_API_URL_OVERRIDE", "http://core/v1")));
        assertTrue(llm.contains("'llama_api_url_override'"), llm);
        String tools = problem(SettingsInput.environment(Map.of("TOOLS_SERVER_URL_OVERRIDE", "http://core")));
        assertTrue(tools.contains("'tool_server_url_override'"), tools);
    }

    @Test
    void anyServiceCanBeOverridden() throws Exception {
        EffectiveSettings settings =
                settings(SettingsInput.environment(Map.of("MEMORY_SERVICE_URL_OVERRIDE", "http://m:1")));
        assertTrue(settings.all().stream().anyMatch(v -> v.spec().name().equals("memory_service_url_override")));
        assertTrue(problem(SettingsInput.environment(Map.of("TOOL_SERVER_URL_OVERRIDE", "nowhere")))
                .contains("tool_server_url_override"));
    }

    /** Settings of a cluster that a test changes. */
    private static final class Cluster implements SettingsSource {
        private Map<String, String> values = Map.of();

        @Override
        public String name() {
            return "Consul config/app/settings";
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
    }

    @Test
    void sharedSettingsGoBelowAndAreWatched() throws Exception {
        List<SettingSpec<?>> specs = new ArrayList<>(NodeSettings.all());
        specs.addAll(AgentSettings.all());
        specs.add(FakeProviders.KEY);
        SettingsStore store =
                new SettingsStore(specs, List.of(SettingsInput.of("test", Map.of("approval_mode", "deny"))));
        List<String> seen = new ArrayList<>();
        Subscription watch = store.watch(
                NodeSettings.TOOL_EXECUTION_MODE,
                value -> seen.add(value.display().orElse("") + " " + value.source()));
        Cluster cluster = new Cluster();
        cluster.values = Map.of(
                "tool_execution_mode", "remote",
                "approval_mode", "allow",
                "state_dir", "/elsewhere",
                "echo_api_key", "leak",
                "no_such", "x",
                "tool_timeout", "never");
        store.share(cluster);
        assertEquals(List.of("remote Consul config/app/settings"), seen);
        assertEquals(NodeSettings.ToolLocation.REMOTE, store.get(NodeSettings.TOOL_EXECUTION_MODE));
        assertEquals(
                "deny", store.describe(AgentSettings.APPROVAL_MODE).display().orElseThrow());
        assertFalse(store.isSet(NodeSettings.STATE_DIR));
        assertFalse(store.isSet(FakeProviders.KEY));
        assertFalse(store.isSet(AgentSettings.TOOL_TIMEOUT));
        assertEquals(5, store.remarks().size(), store.remarks().toString());
        assertFalse(store.remarks().toString().contains("leak"), store.remarks().toString());
        cluster.values = Map.of();
        store.share(cluster);
        assertEquals(2, seen.size());
        watch.close();
        cluster.values = Map.of("tool_execution_mode", "remote");
        store.share(cluster);
        assertEquals(2, seen.size());
    }

    @Test
    void settingsThatAreNotLiveStayAsTheyWereAtTheStart() throws Exception {
        List<SettingSpec<?>> specs = new ArrayList<>(NodeSettings.all());
        specs.addAll(AgentSettings.all());
        SettingsStore store = new SettingsStore(specs, List.of());
        Cluster cluster = new Cluster();
        cluster.values = Map.of("agent_max_steps", "5", "approval_mode", "deny");
        store.share(cluster);
        store.freeze();
        cluster.values = Map.of("agent_max_steps", "6", "approval_mode", "allow");
        List<String> changed =
                store.share(cluster).stream().map(SettingsStore::describeChange).toList();
        assertEquals(List.of("approval_mode is now allow (Consul config/app/settings)"), changed);
        assertEquals(5, store.get(AgentSettings.AGENT_MAX_STEPS));
        assertTrue(
                store.remarks().toString().contains("takes effect at the next start"),
                store.remarks().toString());
    }

    @Test
    void secretThatMayBeSharedIsTakenWithAWarning() throws Exception {
        SettingSpec<Secret> token = SettingSpec.secret("old_token")
                .description("A token.")
                .alsoShared()
                .build();
        List<SettingSpec<?>> specs = new ArrayList<>(NodeSettings.all());
        specs.add(token);
        Cluster cluster = new Cluster();
        cluster.values = Map.of("old_token", "hunter2");
        SettingsStore store = new SettingsStore(specs, List.of());
        store.share(cluster);
        assertEquals(Optional.of(new Secret("hunter2")), store.find(token));
        assertEquals(1, store.remarks().size());
        String remark = store.remarks().getFirst();
        assertTrue(remark.contains("old_token") && remark.contains("set it on the node"), remark);
        assertFalse(remark.contains("hunter2"), remark);
        SettingsStore own =
                new SettingsStore(specs, List.of(SettingsInput.of("test", Map.of("old_token", "correct horse"))));
        own.share(cluster);
        assertEquals(Optional.of(new Secret("correct horse")), own.find(token));
        assertTrue(
                own.remarks().getFirst().contains("comes first"), own.remarks().toString());
    }

    @Test
    void twoModulesMustAgreeOnASetting() {
        SettingSpec<Integer> a =
                SettingSpec.integer("x_size", 1, 2).description("A.").build();
        SettingSpec<Integer> b =
                SettingSpec.integer("x_size", 1, 3).description("B.").build();
        assertThrows(
                SettingsException.class,
                () -> Node.builder().declare(List.of(a)).declare(List.of(b)).effectiveSettings());
    }
}
