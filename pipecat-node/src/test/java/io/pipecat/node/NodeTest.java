package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Conversation;
import io.pipecat.api.PipecatException;
import io.pipecat.api.Topology;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    @TempDir
    private Path folder;

    private NodeBuilder builder(String... settings) {
        Map<String, String> values = new HashMap<>();
        values.put("state_dir", folder.resolve("state").toString());
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return Node.builder().settings("test", values);
    }

    private String answer(String... settings) throws PipecatException, InterruptedException {
        try (Node node = builder(settings).build();
                Conversation conversation = node.conversation().build()) {
            return conversation.send("Hello", frame -> {}).text();
        }
    }

    private String problem(String... settings) {
        return assertThrows(
                        SettingsException.class, () -> builder(settings).build().close())
                .getMessage();
    }

    @Test
    void nothingConfiguredMeansTheBundledModel() throws Exception {
        String answer = answer();
        assertTrue(answer.contains("InProcess") && answer.contains("builtin-"), answer);
        try (var files = Files.list(folder.resolve("state/models"))) {
            List<Path> unpacked = files.toList();
            assertEquals(1, unpacked.size());
            assertEquals(
                    new String(FakeProviders.TinyModel.BYTES, java.nio.charset.StandardCharsets.UTF_8),
                    Files.readString(unpacked.getFirst()));
        }
    }

    @Test
    void damagedUnpackedModelIsReplaced() throws Exception {
        answer();
        Path model;
        try (var files = Files.list(folder.resolve("state/models"))) {
            model = files.findFirst().orElseThrow();
        }
        Files.writeString(model, "garbage");
        answer();
        assertEquals(FakeProviders.TinyModel.BYTES.length, Files.size(model));
    }

    @Test
    void overrideComesFirst() throws Exception {
        assertTrue(answer("llama_api_url_override", "http://core:8080", "run_local_llm", "true")
                .contains("http://core:8080/v1"));
        assertTrue(answer("llama_api_url_override", "http://core:8080/api").contains("http://core:8080/api]"));
    }

    @Test
    void pathAloneImpliesLocal() throws Exception {
        Path model = Files.writeString(folder.resolve("m.gguf"), "x");
        assertTrue(answer("local_llm_model_path", model.toString()).contains("m.gguf"));
        String unused = problem("local_llm_model_path", model.toString(), "run_local_llm", "false");
        assertTrue(unused.contains("run_local_llm=false"), unused);
        assertTrue(answer("run_local_llm", "false").contains("builtin-"));
        assertTrue(answer("local_llm_model_path", "m.gguf", "models_dir", folder.toString())
                .contains(folder.toString()));
    }

    @Test
    void missingModelNamesThoseThatAreThere() throws IOException {
        Files.writeString(folder.resolve("tiny.gguf"), "x");
        String message = problem("local_llm_model_path", "tinny.gguf", "models_dir", folder.toString());
        assertTrue(message.contains("'tiny.gguf'") && message.contains("models_dir"), message);
    }

    @Test
    void hostedProviderMustBeKnown() throws Exception {
        assertTrue(answer("llm_provider", "echohost").contains("echohost"));
        assertTrue(answer("llm_provider", "local").contains("builtin-"));
        String message = problem("llm_provider", "ecohost");
        assertTrue(message.contains("there is echohost") && message.contains("Did you mean"), message);
    }

    @Test
    void distributedNodeIsNeverAnsweredByTheBuiltInModelUnlessNamed() throws Exception {
        String message = problem("deployment_mode", "distributed", "run_local_llm", "true");
        assertTrue(message.contains("local_llm_model_path"), message);
        message = problem("deployment_mode", "distributed", "llama_api_url_override", "inprocess:");
        assertTrue(message.contains("local_llm_model_path"), message);
        assertTrue(answer("deployment_mode", "distributed", "local_llm_model_path", "builtin")
                .contains("builtin-"));
    }

    @Test
    void distributedWithoutDiscoverySaysWhatToAdd() {
        String message = problem("deployment_mode", "distributed");
        assertTrue(
                message.contains("llamacpp-rpc-api")
                        && message.contains("llama_api_url_override")
                        && message.contains("pipecat-discovery-consul"),
                message);
        assertTrue(problem("consul_host", "core").contains("pipecat-discovery-consul"));
    }

    @Test
    void clusterModelCanBeOverriddenByItsServiceName() throws Exception {
        assertEquals(
                "http://core:1 by LLAMACPP_RPC_URL_OVERRIDE",
                answer("deployment_mode", "distributed", "llamacpp_rpc_url_override", "http://core:1"));
    }

    @Test
    void rolesThatNoJarProvidesStopTheNodeOnlyIfAskedFor() throws Exception {
        assertTrue(problem("world_model_mode", "local").contains("pipecat-worldmodel"));
        assertTrue(problem("tool_execution_mode", "remote").contains("pipecat-tools-remote"));
        try (Node node = builder().build()) {
            assertTrue(node.context().worldModel().isEmpty());
            assertEquals(List.of(), node.serve());
        }
        try (Node node = builder("serve", "tools").build()) {
            String message = assertThrows(SettingsException.class, node::serve).getMessage();
            assertTrue(message.contains("pipecat-endpoint-tools"), message);
        }
    }

    @Test
    void unwritableStateFolderIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        String message = assertThrows(
                        SettingsException.class,
                        () -> Node.builder()
                                .settings(
                                        "test",
                                        Map.of(
                                                "state_dir",
                                                file.resolve("below").toString()))
                                .build()
                                .close())
                .getMessage();
        assertTrue(message.contains("state_dir") && message.contains("below"), message);
    }

    /** A tool of an application. */
    @ToolInfo(name = "greeter", description = "Greets.")
    public static final class Greeter {
        /** Greets. */
        @ToolMethod("Greets somebody.")
        public String greet(String name) {
            return "Hello " + name;
        }
    }

    @Test
    void applicationAddsItsOwnTool() throws Exception {
        try (Node node = builder().tool(new Greeter()).build()) {
            ToolContext call = new ToolContext("1", Instant.MAX, line -> {});
            assertEquals(
                    new JsonString("Hello Ada"),
                    node.tools().find("greeter").orElseThrow().call("greet", JsonObject.of("name", "Ada"), call));
            assertTrue(node.topology().roles().stream()
                    .anyMatch(role -> role.role().equals("tool:greeter")
                            && role.implementation().equals("application")));
        }
    }

    /** A tool that holds something. */
    @ToolInfo(name = "holder", description = "Holds.")
    public static final class Holder implements AutoCloseable {
        private int closed;

        /** Does nothing. */
        @ToolMethod("Does nothing.")
        public void nothing() {}

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void toolOfTheApplicationIsClosedOnceWhateverHappens() throws Exception {
        Holder inNode = new Holder();
        builder().tool(inNode).build().close();
        assertEquals(1, inNode.closed);
        Holder refused = new Holder();
        assertThrows(
                SettingsException.class,
                () -> builder("deployment_mode", "distributed").tool(refused).build());
        assertEquals(1, refused.closed);
        Holder misspelt = new Holder();
        assertThrows(
                SettingsException.class,
                () -> builder("no_such", "x").tool(misspelt).build());
        assertEquals(1, misspelt.closed);
    }

    @Test
    void stateFolderIsItsOwnersAlone() throws Exception {
        builder().build().close();
        assertEquals(
                "rwx------",
                java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("state"))));
    }

    @Test
    void whatKeepsToolsFromBeingMadeIsAWrongSetting() {
        assertEquals("fake_place holds a blank; take it out.", problem("fake_place", "over there"));
    }

    @Test
    void twoToolsOfOneNameAreRefused() {
        String message = assertThrows(
                        SettingsException.class,
                        () -> builder()
                                .tool(new FakeProviders.Light("mine"))
                                .build()
                                .close())
                .getMessage();
        assertTrue(message.contains("'light'"), message);
    }

    @Test
    void topologyTellsWhatServesEachRoleAndWhy() throws Exception {
        try (Node node = builder("llama_api_url_override", "http://core/v1").build()) {
            Topology.Role llm = node.topology().roles().stream()
                    .filter(role -> role.role().equals("llm"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("echo", llm.implementation());
            assertEquals("an echo", llm.detail());
            assertTrue(llm.reason().contains("llama_api_url_override=http://core/v1 (test)"), llm.reason());
            assertFalse(llm.module().isEmpty());
        }
    }

    @Test
    void doctorFindsEveryProblemAtOnce() throws Exception {
        List<Finding> findings = builder("world_model_mode", "local", "serve", "nothing", "llm_provider", "x")
                .diagnose();
        long problems = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                .count();
        assertEquals(3, problems, findings.toString());
        List<String> subjects =
                builder("consul_host", "c", "mqtt_host", "m", "world_model_mode", "local", "serve", "x")
                        .diagnose()
                        .stream()
                        .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                        .map(Finding::subject)
                        .toList();
        assertEquals(List.of("discovery", "broker", "world model", "language model", "serve"), subjects);
        assertTrue(builder().diagnose().stream().noneMatch(finding -> finding.level() == Finding.Level.PROBLEM));
    }
}
