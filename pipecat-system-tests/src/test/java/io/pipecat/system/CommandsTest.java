package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands other than the answers themselves. */
class CommandsTest {
    @TempDir
    private Path folder;

    private Pipecat pipecat;

    @BeforeEach
    void start() throws Exception {
        // An override needs no model here, so that what is tried is the command.
        pipecat = new Pipecat(folder).with("LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:9/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ask", "chat", "serve", "topology", "tools", "tools call", "config", "doctor"})
    void helpIsEverywhere(String command) throws Exception {
        List<String> args = new java.util.ArrayList<>(List.of(command.split(" ")));
        args.removeIf(String::isEmpty);
        args.add("--help");
        Pipecat.Result result = pipecat.run(args.toArray(String[]::new));
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().startsWith("Usage: pipecat"), result.out());
    }

    @Test
    void versionIsTold() throws Exception {
        assertTrue(pipecat.run("--version").out().startsWith("pipecat "));
    }

    @Test
    void topologyTellsEachRoleAndItsJar() throws Exception {
        Pipecat.Result result = pipecat.run("topology", "--json");
        assertEquals(0, result.code(), result.err());
        JsonObject topology = Json.parseObject(result.out());
        JsonArray roles = topology.array("roles").orElseThrow();
        JsonObject llm = roles.objects()
                .filter(role -> role.string("role").equals(java.util.Optional.of("llm")))
                .findFirst()
                .orElseThrow();
        assertEquals("openai", llm.string("implementation").orElseThrow());
        assertTrue(llm.string("module").orElseThrow().startsWith("pipecat-llm-openai"), llm.toString());
        assertTrue(llm.string("reason").orElseThrow().contains("environment LLAMA_API_URL_OVERRIDE"), llm.toString());
        assertTrue(pipecat.run("topology").out().contains("tool:calculator"));
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsAWrongSetting() throws Exception {
        Pipecat.Result result = pipecat.with("TOOL_SERVER_API_KEY", "a b").run("tools");
        assertTrue(result.isPlainFailure(3) && result.err().contains("TOOL_SERVER_API_KEY"), result.err());
    }

    @Test
    void toolsAreListedAndCalled() throws Exception {
        assertTrue(pipecat.run("tools").out().contains("calculator.evaluate(expression)"));
        Pipecat.Result result = pipecat.run("tools", "call", "calculator.evaluate", "expression=17 * 23");
        assertEquals("391\n", result.out(), result.err());
        assertEquals(
                "5\n",
                pipecat.run("tools", "call", "calculator.add", "a=2", "b=3").out());
    }

    @Test
    void wrongToolCallsAreAnsweredInWords() throws Exception {
        Pipecat.Result tool = pipecat.run("tools", "call", "calculater.evaluate", "expression=1");
        assertTrue(tool.isPlainFailure(1) && tool.err().contains("nearest names are calculator"), tool.err());
        Pipecat.Result method = pipecat.run("tools", "call", "calculator.evalute", "expression=1");
        assertTrue(method.isPlainFailure(1) && method.err().contains("evaluate"), method.err());
        Pipecat.Result argument = pipecat.run("tools", "call", "calculator.add", "a=2", "c=3");
        assertTrue(argument.isPlainFailure(1) && argument.err().contains("'c'"), argument.err());
        Pipecat.Result form = pipecat.run("tools", "call", "calculator.add", "a");
        assertTrue(form.isPlainFailure(2) && form.err().contains("NAME=VALUE"), form.err());
    }

    @Test
    void configTellsValuesAndSourcesAndMasksSecrets() throws Exception {
        Path file = Files.writeString(pipecat.workingDir().resolve("pipecat.yaml"), "# mine\ntool_timeout: 7s\n");
        Pipecat.Result result = pipecat.with("OPENAI_API_KEY", "sk-verysecret").run("config", "--approval-mode=deny");
        assertEquals(0, result.code(), result.err());
        String text = result.out().replaceAll(" +", " ");
        assertTrue(text.contains("tool_timeout " + file.getFileName() + ":2 7s"), text);
        assertTrue(text.contains("approval_mode command line deny"), text);
        assertTrue(text.contains("openai_api_key environment OPENAI_API_KEY ********"), text);
        assertFalse(text.contains("verysecret"), text);
    }

    @Test
    void schemaListsEverySetting() throws Exception {
        JsonArray schema =
                (JsonArray) Json.parse(pipecat.run("config", "--schema").out());
        List<String> names =
                schema.objects().map(s -> s.string("name").orElseThrow()).toList();
        assertTrue(names.containsAll(List.of("deployment_mode", "llm_model", "tool_timeout", "log_level")), names + "");
        schema.objects()
                .forEach(s -> assertFalse(s.string("description").orElseThrow().isBlank(), s.toString()));
    }

    @Test
    void wrongSettingsAreRefusedWithTheNearest() throws Exception {
        Pipecat.Result option = pipecat.run("ask", "--tool-timout", "3s", "Hello");
        assertTrue(option.isPlainFailure(2) && option.err().contains("--tool-timeout"), option.err());
        Pipecat.Result range = pipecat.run("ask", "--agent-max-steps=1000", "Hello");
        assertTrue(range.isPlainFailure(3) && range.err().contains("nearest is 100"), range.err());
        Pipecat.Result set = pipecat.run("ask", "--set", "approval_mod=ask", "Hello");
        assertTrue(set.isPlainFailure(3) && set.err().contains("'approval_mode'"), set.err());
        Pipecat.Result variable =
                new Pipecat(folder).with("LLAMA_API_URL_OVERIDE", "x").run("ask", "Hello");
        assertTrue(variable.isPlainFailure(3) && variable.err().contains("'llama_api_url_override'"), variable.err());
        Pipecat.Result file = pipecat.run("ask", "--config", "nowhere.yaml", "Hello");
        assertTrue(file.isPlainFailure(3) && file.err().contains("nowhere.yaml"), file.err());
    }

    @Test
    void doctorTellsEveryProblemWithItsRemedy() throws Exception {
        withoutJar("pipecat-worldmodel-");
        Pipecat.Result result = pipecat.with("WORLD_MODEL_MODE", "local").run("doctor");
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("127.0.0.1:9"), result.out());
        assertTrue(result.out().contains("pipecat-worldmodel"), result.out());
    }

    @Test
    void missingRoleNamesSettingRoleAndJar() throws Exception {
        withoutJar("pipecat-llm-openai-");
        Pipecat.Result result = pipecat.run("ask", "Hello");
        assertTrue(
                result.isPlainFailure(3)
                        && result.err().contains("llama_api_url_override")
                        && result.err().contains("add pipecat-llm-openai"),
                result.err());
    }

    private void withoutJar(String name) throws IOException {
        Path jars = pipecat.ownJars(folder.resolve("jars"));
        try (var all = Files.list(jars)) {
            Files.delete(all.filter(jar -> jar.getFileName().toString().matches(name + "\\d.*"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}
