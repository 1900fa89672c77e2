package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.ansible.Lab.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node as a job of Nomad, with a stand-in for Nomad that runs what the job says. */
class NomadStyleTest {
    private static final Machine NODE = new Machine("job1", 60);

    @TempDir
    private Path folder;

    private static String inventory(String style) {
        return """
            all:
              hosts:
                job1: {ansible_host: %s}
              vars: {node_tier: mid, local_llm_model: builtin, pipecat_deployment_style: %s, pipecat_serve: tools,
                tool_server_api_key: tool-secret, pipecat_health_timeout: 120}
            """.formatted(NODE.address(), style);
    }

    private static void assertAnswers(Lab lab) {
        String answer = lab.on(NODE, "pipecat ask \"What is 17 * 23?\"").ok();
        assertTrue(answer.contains("391"), answer);
    }

    private static String calls(Lab lab) {
        return lab.on(NODE, "cat /var/lib/nomad-stand-in/calls && rm /var/lib/nomad-stand-in/calls")
                .ok()
                .strip();
    }

    @Test
    void theNodeRunsAsAJobAndGoesBack() {
        try (Lab lab = Lab.open(folder, List.of(NODE))) {
            Play without = lab.play(inventory("nomad"), "");
            assertNotEquals(0, without.output().code(), without.text());
            assertTrue(without.text().contains("pipecat_deployment_style is nomad, and job1 has none"), without.text());
            assertEquals(0, without.changed().get("job1"), without.text());

            lab.on(NODE, "cp /src/pipecat-ansible-tests/src/test/resources/nomad-stand-in.sh /usr/local/bin/nomad")
                    .ok();
            Play first = lab.play(inventory("nomad"), "--diff -v").succeeded();
            assertFalse(first.text().contains("tool-secret"), "a secret stands in the log");
            assertEquals(
                    "job plan /opt/pipecat/jobs/pipecat.nomad\njob run -detach /opt/pipecat/jobs/pipecat.nomad",
                    calls(lab));
            assertAnswers(lab);
            lab.on(NODE, "! grep -r tool-secret /opt/pipecat/jobs && [ ! -e /etc/systemd/system/pipecat.service ]")
                    .ok();

            Play second = lab.play(inventory("nomad"), "").succeeded();
            assertEquals(0, second.changed().get("job1"), second.text());
            assertEquals("job plan /opt/pipecat/jobs/pipecat.nomad", calls(lab));

            Play other = lab.play(inventory("nomad"), "--extra-vars tool_server_api_key=new-secret")
                    .succeeded();
            assertTrue(other.changed().get("job1") > 0, other.text());
            assertTrue(calls(lab).endsWith("job run -detach /opt/pipecat/jobs/pipecat.nomad"));

            assertABrokenVersionRollsBack(lab);

            lab.play(inventory("systemd"), "").succeeded();
            assertEquals("job stop -purge pipecat-job1", calls(lab));
            assertEquals(
                    "active", lab.on(NODE, "systemctl is-active pipecat").ok().strip());
            lab.on(NODE, "[ ! -e /opt/pipecat/jobs/pipecat.nomad ]").ok();
            assertAnswers(lab);
        }
    }

    private void assertABrokenVersionRollsBack(Lab lab) {
        String before = lab.on(NODE, "readlink /opt/pipecat/current").ok().strip();
        Play play = lab.play(
                inventory("nomad"),
                "--extra-vars pipecat_health_timeout=30 --extra-vars pipecat_archive=" + Broken.archive(folder));
        assertNotEquals(0, play.output().code(), play.text());
        assertTrue(play.text().contains("runs " + before.replaceAll(".*/", "") + " again"), play.text());
        assertEquals(before, lab.on(NODE, "readlink /opt/pipecat/current").ok().strip());
        assertEquals(
                "job plan J, job run -detach J, job run -detach J",
                calls(lab).replace("/opt/pipecat/jobs/pipecat.nomad", "J").replace("\n", ", "));
        lab.play(inventory("nomad"), "").succeeded();
        calls(lab);
        assertAnswers(lab);
    }
}
