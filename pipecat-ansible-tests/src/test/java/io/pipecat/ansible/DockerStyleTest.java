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

/** A node in a container: Podman behind the name of Docker, with an image that the play builds on the machine. */
class DockerStyleTest {
    private static final Machine NODE = new Machine("boxed", 50);
    /** With every character that a shell, systemd or a file of variables could take for its own. */
    private static final String SECRET = "to'ol\"k$ey\"`x`\\n#1%s";

    @TempDir
    private Path folder;

    private static String inventory(String style) {
        return """
            all:
              hosts:
                boxed: {ansible_host: %s}
              vars:
                node_tier: mid
                local_llm_model: builtin
                pipecat_deployment_style: %s
                pipecat_serve: tools
                tool_server_api_key: '%s'
                pipecat_health_timeout: 300
                pipecat_container_packages: [podman, podman-docker, runc]
                pipecat_image_base: docker-archive:/base.tar
                # The machine is a container itself; and copying each layer, and training, would only take time here.
                pipecat_build_options: [--layers=false, --isolation=chroot]
                pipecat_container_options: [--cgroupns=private]
                pipecat_image_aot: false
            """.formatted(NODE.address(), style, SECRET.replace("'", "''"));
    }

    private static String line(Lab lab, String command) {
        return lab.on(NODE, command).ok().strip();
    }

    private static void assertAnswers(Lab lab) {
        assertEquals("active", line(lab, "systemctl is-active pipecat"));
        String answer = lab.on(NODE, "pipecat ask \"What is 17 * 23?\"").ok();
        assertTrue(answer.contains("391"), answer);
    }

    @Test
    void theImageIsBuiltAndRunAndAnswers() {
        try (Lab lab = Lab.open(folder, List.of(NODE))) {
            lab.allowContainers(NODE);
            lab.putBaseImage(NODE, "/base.tar");

            Play first = lab.play(inventory("docker"), "--diff -v").succeeded();
            assertFalse(first.text().contains("k$ey"), "a secret stands in the log");
            assertAnswers(lab);
            String image = line(lab, "docker inspect --format {{.ImageName}} pipecat 2>/dev/null");
            assertTrue(image.matches("localhost/pipecat:[0-9.]+(-SNAPSHOT)?-mid-docker-.+"), image);
            assertEquals("600 root", line(lab, "stat -c \"%a %U\" /etc/pipecat/pipecat.env"));
            String environment = line(lab, "tr \"\\0\" \"\\n\" </proc/$(pgrep -x java)/environ");
            assertTrue(environment.contains("TOOL_SERVER_API_KEY=" + SECRET), environment);
            assertEquals(line(lab, "id -u pipecat"), line(lab, "stat -c %u /proc/$(pgrep -x java)"));
            lab.on(NODE, "! grep -a -l -F \"k\\$ey\" /proc/[0-9]*/cmdline /etc/systemd/system/pipecat.service")
                    .ok();

            String before = line(lab, "pgrep -x java");
            Play second = lab.play(inventory("docker"), "").succeeded();
            assertEquals(0, second.changed().get("boxed"), second.text());
            assertEquals(before, line(lab, "pgrep -x java"));

            lab.on(NODE, "docker kill pipecat").ok();
            Play healed = lab.play(inventory("docker"), "").succeeded();
            assertEquals(0, healed.changed().get("boxed"), "the unit brings it back: " + healed.text());
            assertNotEquals(before, line(lab, "pgrep -x java"));

            assertABrokenVersionRollsBack(lab, image);

            lab.play(inventory("systemd"), "").succeeded();
            assertAnswers(lab);
            assertEquals("", line(lab, "docker ps --quiet 2>/dev/null"));
        }
    }

    private void assertABrokenVersionRollsBack(Lab lab, String image) {
        Path broken = Broken.archive(folder);
        Play play = lab.play(
                inventory("docker"),
                "--extra-vars pipecat_archive=" + broken
                        + " --extra-vars '{\"pipecat_settings\": {\"LOG_LEVEL\": \"debug\"}}'");
        assertNotEquals(0, play.output().code(), play.text());
        assertTrue(play.text().contains("runs " + image.replaceAll(".*:", "") + " again"), play.text());
        assertTrue(play.text().contains("this build is broken"), play.text());
        assertTrue(play.text().contains("with exit code 1"), play.text());
        assertEquals(image, line(lab, "docker inspect --format {{.ImageName}} pipecat 2>/dev/null"));
        lab.on(NODE, "! grep LOG_LEVEL /etc/pipecat/pipecat.env").ok();
        assertAnswers(lab);
        Play again = lab.play(inventory("docker"), "").succeeded();
        assertEquals(0, again.changed().get("boxed"), again.text());
    }
}
