package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of the experts, as Nomad would read them. */
class NomadTest {
    private static final Path READER = Shell.ROOT.resolve("target/hcl-parts/node_modules/@cdktf/hcl2json");
    private static final String EXPERTS =
            "[{\"name\": \"code\", \"model\": \"a ${b} %{c}.gguf\", \"service\": \"llama-api-main\", \"memory\": 9000,"
                    + " \"settings\": {\"LOCAL_LLM_SLOTS\": 2}}, {\"name\": \"small\", \"model\": \"builtin\"}]";

    @TempDir
    private Path folder;

    private void play(String topology, String experts) {
        RequiredPart.of("ansible-playbook", "Debian package ansible-core").orSkip();
        Play.of(Shell.run(
                        Shell.ROOT.resolve("ansible"),
                        Map.of(
                                "ANSIBLE_NOCOLOR",
                                "1",
                                "ANSIBLE_ROLES_PATH",
                                Shell.ROOT.resolve("ansible/roles").toString()),
                        "ansible-playbook -i inventories/single/hosts.yaml "
                                + Shell.ROOT.resolve("pipecat-ansible-tests/src/test/resources/nomad.yaml")
                                + " --extra-vars '{\"node_tier\": \"core\", \"core_node_address\": \"192.0.2.1\", \"nomad_submit\": false,"
                                + " \"deploy_topology\": \"" + topology + "\", \"nomad_jobs_dir\": \"" + folder
                                + "/jobs\", \"experts\": " + experts + "}'"))
                .succeeded();
    }

    private JsonObject hcl(String name) throws Exception {
        RequiredPart.of("node", "Debian package nodejs").orSkip();
        RequiredPart.file(READER, "run bin/machine-parts, which installs it").orSkip();
        String json = Shell.run("node -e \"require('" + READER
                        + "').parse('job.hcl', require('fs').readFileSync(process.argv[1], 'utf8')).then(job => console.log(JSON.stringify(job)))\" "
                        + folder.resolve("jobs").resolve(name))
                .ok();
        return Json.parseObject(json);
    }

    /** The first of each kind of block on the way. */
    private static JsonObject block(JsonObject from, String... path) {
        JsonObject here = from;
        for (String name : path) {
            here = switch (here.get(name).orElseThrow()) {
                case JsonArray list -> list.objects().findFirst().orElseThrow();
                case JsonObject object -> object;
                default -> throw new AssertionError(name + " is no block");
            };
        }
        return here;
    }

    @Test
    void eachExpertIsAJobWithAServiceOfItsOwn() throws Exception {
        play("distributed", EXPERTS);
        JsonObject group = block(hcl("expert-code.nomad"), "job", "expert-code", "group", "expert");
        assertEquals("llama-api-main", block(group, "service").string("name").orElseThrow());
        assertEquals("/health", block(group, "service", "check").string("path").orElseThrow());
        JsonObject task = block(group, "task", "pipecat");
        JsonObject environment = block(task, "env");
        assertEquals("llm", environment.string("SERVE").orElseThrow());
        assertEquals("${NOMAD_PORT_llm}", environment.string("LLM_PORT").orElseThrow());
        // Doubled: HCL is to put nothing in for these.
        assertEquals(
                "a $${b} %%{c}.gguf", environment.string("LOCAL_LLM_MODEL_PATH").orElseThrow());
        assertEquals("2", environment.string("LOCAL_LLM_SLOTS").orElseThrow());
        assertEquals(
                "9000", block(task, "resources").number("memory").orElseThrow().toString());
        JsonObject small = block(hcl("expert-small.nomad"), "job", "expert-small", "group", "expert", "service");
        assertEquals("expert-small", small.string("name").orElseThrow());
    }

    @Test
    void goingBackToAMonolithRemovesThem() {
        play("distributed", EXPERTS);
        play("distributed", EXPERTS.replaceFirst("\\{\"name\": \"code\".*?\\}\\}, ", ""));
        assertFalse(Files.exists(folder.resolve("jobs/expert-code.nomad")));
        assertTrue(Files.exists(folder.resolve("jobs/expert-small.nomad")));
        play("monolith", EXPERTS);
        assertFalse(Files.exists(folder.resolve("jobs/expert-small.nomad")));
    }
}
