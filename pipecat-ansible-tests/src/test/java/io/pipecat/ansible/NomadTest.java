package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of the experts, as Nomad would read them. */
class NomadTest {
    private static final String EXPERTS =
            "[{\"name\": \"code\", \"model\": \"a ${b} %{c}.gguf\", \"service\": \"llama-api-main\", \"memory\": 9000,"
                    + " \"settings\": {\"LOCAL_LLM_SLOTS\": 2}}, {\"name\": \"small\", \"model\": \"builtin\"}]";

    @TempDir
    private Path folder;

    private void play(String topology, String experts) {
        play(topology, experts, false);
    }

    private Play play(String topology, String experts, boolean submit) {
        RequiredPart.of("ansible-playbook", "Debian package ansible-core").orSkip();
        return Play.of(Shell.run(
                        Shell.ROOT.resolve("ansible"),
                        Map.of(
                                "ANSIBLE_NOCOLOR",
                                "1",
                                "PATH",
                                folder + ":" + System.getenv("PATH"),
                                "NOMAD_CALLS",
                                folder.resolve("calls").toString(),
                                "NOMAD_JOBS",
                                folder.resolve("known").toString(),
                                "ANSIBLE_ROLES_PATH",
                                Shell.ROOT.resolve("ansible/roles").toString()),
                        "ansible-playbook -i inventories/single/hosts.yaml "
                                + Shell.ROOT.resolve("pipecat-ansible-tests/src/test/resources/nomad.yaml")
                                + " --extra-vars '{\"node_tier\": \"core\", \"core_node_address\": \"192.0.2.1\", \"nomad_submit\": "
                                + submit + ","
                                + " \"deploy_topology\": \"" + topology + "\", \"nomad_jobs_dir\": \"" + folder
                                + "/jobs\", \"experts\": " + experts + "}'"))
                .succeeded();
    }

    private JsonObject hcl(String name) throws Exception {
        return Hcl.read(folder.resolve("jobs").resolve(name));
    }

    @Test
    void eachExpertIsAJobWithAServiceOfItsOwn() throws Exception {
        play("distributed", EXPERTS);
        JsonObject group = Hcl.block(hcl("expert-code.nomad"), "job", "expert-code", "group", "expert");
        assertEquals(
                "llama-api-main", Hcl.block(group, "service").string("name").orElseThrow());
        assertEquals(
                "/health", Hcl.block(group, "service", "check").string("path").orElseThrow());
        JsonObject task = Hcl.block(group, "task", "pipecat");
        JsonObject environment = Hcl.block(task, "env");
        assertEquals("llm", environment.string("SERVE").orElseThrow());
        assertEquals("${NOMAD_PORT_llm}", environment.string("LLM_PORT").orElseThrow());
        // Doubled: HCL is to put nothing in for these.
        assertEquals(
                "a $${b} %%{c}.gguf", environment.string("LOCAL_LLM_MODEL_PATH").orElseThrow());
        assertEquals("2", environment.string("LOCAL_LLM_SLOTS").orElseThrow());
        assertEquals(
                "9000",
                Hcl.block(task, "resources").number("memory").orElseThrow().toString());
        JsonObject small = Hcl.block(hcl("expert-small.nomad"), "job", "expert-small", "group", "expert", "service");
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

    /** The calls since the last time. */
    private List<String> calls() throws Exception {
        Path file = folder.resolve("calls");
        List<String> calls = Files.exists(file) ? Files.readAllLines(file) : List.of();
        Files.deleteIfExists(file);
        return calls.stream().map(call -> call.replace(folder.toString(), "")).toList();
    }

    @Test
    void jobsAreHandedToNomadWhenSomethingWouldChange() throws Exception {
        Files.copy(
                Shell.ROOT.resolve("pipecat-ansible-tests/src/test/resources/nomad-stand-in.sh"),
                folder.resolve("nomad"),
                StandardCopyOption.COPY_ATTRIBUTES);
        String plans = "job plan /jobs/expert-code.nomad, job plan /jobs/expert-small.nomad";
        play("distributed", EXPERTS, true);
        assertEquals(
                plans + ", job run -detach /jobs/expert-code.nomad, job run -detach /jobs/expert-small.nomad",
                String.join(", ", calls()));
        Play second = play("distributed", EXPERTS, true);
        assertEquals(0, second.changed().get("localhost"), second.text());
        assertEquals(plans, String.join(", ", calls()));
        play("distributed", EXPERTS.replace("9000", "9001"), true);
        assertEquals(plans + ", job run -detach /jobs/expert-code.nomad", String.join(", ", calls()));
        play("monolith", EXPERTS, true);
        assertEquals(
                List.of("job stop -purge -detach expert-code", "job stop -purge -detach expert-small"),
                calls().stream().sorted().toList());
    }
}
