package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.Topology;
import io.pipecat.api.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which models a node has by its settings. */
class LLMPlanTest {
    private static final String URL = "http://core:8080";

    @TempDir
    private Path folder;

    private String model = "";

    @BeforeEach
    void makeModel() throws IOException {
        model = Files.writeString(folder.resolve("m.gguf"), "x").toString();
    }

    private Topology.Role llm(String... settings) throws Exception {
        try (Node node = builder(settings).build()) {
            return node.topology().roles().stream()
                    .filter(role -> role.role().equals("llm"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private NodeBuilder builder(String... settings) {
        Map<String, String> values = new HashMap<>();
        values.put("state_dir", folder.resolve("state").toString());
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return Node.builder().settings("test", values);
    }

    private String problem(String... settings) {
        return assertThrows(
                        SettingsException.class, () -> builder(settings).build().close())
                .getMessage();
    }

    private List<String> others(String... settings) throws Exception {
        return llm(settings).others();
    }

    @Test
    void localModelOfAMonolithStandsBehindARemoteOneByDefault() throws Exception {
        String other = others("llama_api_url_override", URL, "local_llm_model_path", model)
                .getFirst();
        assertTrue(other.contains("m.gguf") && other.contains("llm_fallback=local, the default"), other);
        assertEquals(
                List.of(), others("llama_api_url_override", URL, "local_llm_model_path", model, "llm_fallback", "off"));
        assertEquals(
                List.of(),
                others("llama_api_url_override", URL, "local_llm_model_path", model, "run_local_llm", "false"));
        assertEquals(List.of(), others("llama_api_url_override", URL));
    }

    @Test
    void distributedNodeFallsBackOnlyWhereItIsTold() throws Exception {
        String[] base = {"deployment_mode", "distributed", "llama_api_url_override", URL};
        assertEquals(List.of(), others(base[0], base[1], base[2], base[3], "local_llm_model_path", model));
        String told = others(
                        base[0], base[1], base[2], base[3], "local_llm_model_path", "builtin", "llm_fallback", "local")
                .getFirst();
        assertTrue(told.contains("builtin-") && told.contains("llm_fallback=local (test)"), told);
        String message = problem(base[0], base[1], base[2], base[3], "llm_fallback", "local");
        assertTrue(message.contains("local_llm_model_path") && message.contains("builtin"), message);
    }

    @Test
    void builtInModelNeverStepsInUnlessItIsNamed() {
        String message = problem("llama_api_url_override", URL, "llm_fallback", "LOCAL");
        assertTrue(message.contains("never steps in unless it is named"), message);
    }

    @Test
    void aServiceCanStandBehindALocalModelAndALocalOneBehindAHostedOne() throws Exception {
        Topology.Role local = llm("local_llm_model_path", model, "llm_fallback", URL);
        assertTrue(local.detail().contains("m.gguf"), local.toString());
        assertTrue(local.others().getFirst().contains("llm_fallback=http://core:8080/v1"), local.toString());
        Topology.Role hosted = llm("llm_provider", "echohost", "local_llm_model_path", model, "llm_fallback", "local");
        assertTrue(hosted.reason().contains("llm_provider"), hosted.toString());
        assertTrue(hosted.others().getFirst().contains("m.gguf"), hosted.toString());
    }

    @Test
    void fallbackThatIsNoneIsRefused() {
        assertTrue(problem("llama_api_url_override", URL, "llm_fallback", URL).contains("asked first already"));
        String same = problem("run_local_llm", "true", "local_llm_model_path", model, "llm_fallback", "local");
        assertTrue(same.contains("asked first already"), same);
        String second = problem("local_llm_model_path", model, "llm_fallback", "local");
        assertTrue(second.contains("second choice"), second);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> LLMSettings.LLM_FALLBACK.type().parse("remote"));
        assertTrue(String.valueOf(e.getMessage()).contains("off or local"), e.getMessage());
    }

    @Test
    void nodeThatOnlyServesToolsNeedsNoModelAndMaySayNothingOfOne() throws Exception {
        Topology.Role role = llm("serve", "tools", "deployment_mode", "distributed");
        assertEquals("none", role.implementation());
        assertTrue(role.reason().contains("serve=tools"), role.reason());
        assertFalse(Files.exists(folder.resolve("state/models")));
        try (Node node = builder("serve", "tools").build()) {
            node.llm().check();
            assertTrue(node.llm().description().contains("echo"), "made when something asks");
        }
    }
}
