package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.ansible.Lab.Machine;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command on a fresh machine. */
class BootstrapTest {
    private static final String CORE_SECRETS =
            " --extra-vars local_llm_model=builtin --extra-vars mqtt_password=x --extra-vars tool_server_api_key=x"
                    + " --extra-vars llama_api_key=x --extra-vars world_model_api_key=x --extra-vars pipecat_api_keys="
                    + "0".repeat(64);

    @TempDir
    private Path folder;

    @Test
    void everyWrongFlagIsNamed() {
        assertRefused(64, "--tier is missing", "");
        assertRefused(64, "--tier is 'huge'", "--tier huge");
        assertRefused(64, "needs --controller-ip", "--tier edge");
        assertRefused(64, "--role controller takes --tier core", "--tier mid --role controller");
        assertRefused(64, "--tier takes a value", "--tier");
        assertRefused(64, "Unknown argument '--fast'", "--tier mid --fast");
        assertRefused(64, "is no address", "--tier edge --controller-ip 'a b'");
        assertRefused(64, "there is no /nowhere", "--tier mid --inventory /nowhere");
        assertTrue(Shell.run("./bootstrap.sh --help").ok().contains("--tier edge|mid|core"));
    }

    private static void assertRefused(int code, String sentence, String arguments) {
        Shell.Output output = Shell.run("./bootstrap.sh " + arguments);
        assertEquals(code, output.code(), output.text());
        assertTrue(output.text().contains(sentence), output.text());
    }

    @Test
    void aRoleDecidesWhatRunsBesideTheNode() {
        RequiredPart.of("ansible-playbook", "Debian package ansible-core").orSkip();
        String core = "--dry-run --tier core --controller-ip 192.0.2.1" + CORE_SECRETS + " --role ";
        String all = Shell.run("./bootstrap.sh " + core + "all").ok();
        assertTrue(all.contains("core_node_address=192.0.2.1") && !all.contains("consul_managed"), all);
        String controller = Shell.run("./bootstrap.sh " + core + "controller").ok();
        assertTrue(
                controller.contains("core_node_address=192.0.2.1") && !controller.contains("consul_managed"),
                controller);
        String worker = Shell.run("./bootstrap.sh " + core + "worker").ok();
        assertTrue(worker.contains("consul_address=192.0.2.1") && !worker.contains("core_node_address="), worker);
        assertTrue(worker.contains("consul_managed"), worker);
        for (String said : List.of(all, controller, worker)) {
            assertTrue(said.contains("The variables are complete. Nothing was changed."), said);
        }
        // Of what a worker lacks, the play would say the same before it touched anything.
        Shell.Output lacking =
                Shell.run("./bootstrap.sh --dry-run --tier core --role worker --controller-ip 192.0.2.1");
        assertEquals(1, lacking.code(), lacking.text());
        assertTrue(lacking.text().contains("local_llm_model is empty"), lacking.text());
    }

    @Test
    void aFreshMachineBecomesACoreNode() {
        Machine machine = new Machine("fresh", 41);
        try (Lab lab = Lab.open(folder, List.of(machine))) {
            String run = "/src/bootstrap.sh --yes --tier core --role controller --controller-ip " + machine.address()
                    + CORE_SECRETS + " --extra-vars pipecat_health_timeout=300";
            Play first = Play.of(lab.on(machine, run)).succeeded();
            assertTrue(first.changed().get("localhost") > 0, first.text());
            assertEquals(
                    "active\nactive\nactive",
                    lab.on(machine, "systemctl is-active pipecat consul mosquitto")
                            .ok()
                            .strip());
            String answer = lab.on(machine, "pipecat ask \"What is 17 * 23?\"").ok();
            assertTrue(answer.contains("391"), answer);
            Play second = Play.of(lab.on(machine, run)).succeeded();
            assertEquals(0, second.changed().get("localhost"), second.text());
        }
    }

    @Test
    void aFreshMachineBecomesAMidNode() {
        Machine machine = new Machine("fresh", 40);
        try (Lab lab = Lab.open(folder, List.of(machine))) {
            for (String tier : List.of(
                    "mid",
                    "edge --controller-ip 192.0.2.1",
                    "core --controller-ip " + machine.address() + CORE_SECRETS)) {
                String said = lab.on(machine, "/src/bootstrap.sh --dry-run --tier " + tier)
                        .ok();
                assertTrue(said.contains("Would install: ansible-core"), said);
            }
            String run =
                    "/src/bootstrap.sh --yes --tier mid --extra-vars pipecat_serve=tools --extra-vars tool_server_api_key=secret";
            Play first = Play.of(lab.on(machine, run)).succeeded();
            assertTrue(first.changed().get("localhost") > 0, first.text());
            assertEquals(
                    "active",
                    lab.on(machine, "systemctl is-active pipecat").ok().strip());
            String answer = lab.on(machine, "pipecat ask \"What is 17 * 23?\"").ok();
            assertTrue(answer.contains("391"), answer);
            Play second = Play.of(lab.on(machine, run)).succeeded();
            assertEquals(0, second.changed().get("localhost"), second.text());
            // With Ansible there, it also says what a real run would stumble over.
            lab.on(machine, "/src/bootstrap.sh --dry-run --tier edge --controller-ip 192.0.2.1")
                    .ok();
            Shell.Output incomplete =
                    lab.on(machine, "/src/bootstrap.sh --dry-run --tier core --controller-ip 192.0.2.1");
            assertEquals(1, incomplete.code(), incomplete.text());
            assertTrue(incomplete.text().contains("local_llm_model is empty"), incomplete.text());
        }
    }
}
