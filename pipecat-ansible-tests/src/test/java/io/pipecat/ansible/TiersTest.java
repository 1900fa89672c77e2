package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.ansible.Lab.Machine;
import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster from empty machines on, in the order in which somebody does it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TiersTest {
    private static final Machine CORE = new Machine("core1", 10);
    private static final Machine MID = new Machine("mid1", 20);
    private static final Machine EDGE = new Machine("edge1", 30);
    private static final List<Machine> ALL = List.of(CORE, MID, EDGE);
    private static final Path ARCHIVES = Shell.ROOT.resolve("pipecat-dist/runtimes/target");
    /** With every character that a shell or systemd could take for its own, but for blanks, which no HTTP header can carry. */
    private static final String SECRET = "to'ol\"k$ey\"`x`\\n#1";

    @TempDir
    private static Path folder;

    private static Lab lab;

    @BeforeAll
    static void empty() {
        lab = Lab.open(folder, ALL);
    }

    @AfterAll
    static void takeAway() {
        if (lab != null) {
            lab.close();
        }
    }

    private static boolean has(String jar) {
        try (Stream<Path> files = Files.walk(ARCHIVES.resolve("image"), 3)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(jar));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean servesModel() {
        return has("pipecat-endpoint-openai");
    }

    private static String inventory(String tierOfMid) {
        return """
            all:
              vars:
                core_node_address: %s
                mqtt_password: '%s'
                tool_server_api_key: '%s'
                llama_api_key: llm-secret
                world_model_api_key: world-secret
                pipecat_health_timeout: 120
              children:
                core:
                  hosts: {core1: {ansible_host: %s}}
                  vars: {node_tier: core, local_llm_model: builtin, pipecat_serve: '%stools,world-model'}
                mid:
                  hosts: {mid1: {ansible_host: %s}}
                  vars: {node_tier: %s, local_llm_model: builtin, pipecat_serve: tools}
                edge:
                  hosts: {edge1: {ansible_host: %s}}
                  vars: {node_tier: edge, pipecat_serve: tools}
            """.formatted(
                        CORE.address(),
                        SECRET.replace("'", "''"),
                        SECRET.replace("'", "''"),
                        CORE.address(),
                        servesModel() ? "llm," : "",
                        MID.address(),
                        tierOfMid,
                        EDGE.address());
    }

    private static String current(Machine machine) {
        return lab.on(machine, "readlink /opt/pipecat/current").ok();
    }

    private static void answers(Machine machine) {
        String answer = lab.on(machine, "pipecat ask \"What is 17 * 23?\"").ok();
        assertTrue(answer.contains("391"), answer);
    }

    @Test
    @Order(1)
    void aWrongVariableFailsBeforeAnythingIsTouched() {
        Play play = lab.play(inventory("mid"), "--extra-vars local_llm_model=");
        assertNotEquals(0, play.output().code(), play.text());
        assertTrue(play.text().contains("local_llm_model is empty, and core1 is a core node"), play.text());
        assertEquals(Map.of("core1", 0, "edge1", 0, "mid1", 0), play.changed(), play.text());
        for (Machine machine : ALL) {
            lab.on(machine, "[ ! -e /opt/pipecat ] && [ ! -e /etc/pipecat ] && ! id pipecat")
                    .ok();
        }
    }

    @Test
    @Order(2)
    void allTiersComeUpFromEmptyMachines() {
        Play play = lab.play(inventory("mid"), "--diff -v").succeeded();
        assertFalse(play.text().contains("llm-secret"), "a secret stands in the log");
        assertFalse(play.text().contains("k$ey"), "a secret stands in the log");
        for (Machine machine : ALL) {
            assertEquals(
                    "active",
                    lab.on(machine, "systemctl is-active pipecat").ok().strip());
            assertEquals(
                    "600 root",
                    lab.on(machine, "stat -c \"%a %U\" /etc/pipecat/pipecat.env")
                            .ok()
                            .strip());
            assertTrue(lab.on(machine, "grep -c . /proc/$(systemctl show -P MainPID pipecat)/environ")
                            .code()
                    == 0);
            String environment = lab.on(
                            machine, "tr \"\\0\" \"\\n\" </proc/$(systemctl show -P MainPID pipecat)/environ")
                    .ok();
            assertTrue(environment.contains("TOOL_SERVER_API_KEY=" + SECRET), environment);
            assertNotEquals(
                    "0",
                    lab.on(machine, "stat -c %u /proc/$(systemctl show -P MainPID pipecat)")
                            .ok()
                            .strip());
        }
    }

    @Test
    @Order(3)
    void aSecondRunChangesNothing() {
        String before = lab.on(CORE, "systemctl show -P MainPID pipecat").ok();
        Play play = lab.play(inventory("mid"), "").succeeded();
        assertEquals(Map.of("core1", 0, "edge1", 0, "mid1", 0), play.changed(), play.text());
        assertEquals(before, lab.on(CORE, "systemctl show -P MainPID pipecat").ok());
    }

    @Test
    @Order(4)
    void aNodeWithAModelAnswers() {
        answers(CORE);
        answers(MID);
    }

    @Test
    @Order(5)
    void theClusterHasItsSettingsAndServices() {
        String settings = lab.on(CORE, "consul kv get config/app/settings").ok();
        assertTrue(settings.contains("\"tool_execution_mode\": \"remote\""), settings);
        String services = lab.on(CORE, "consul catalog services").ok();
        assertTrue(services.contains("tool-server-api") && services.contains("world-model-api"), services);
        String tools = lab.on(EDGE, "pipecat topology").ok();
        assertTrue(tools.contains("only the tool server has it"), tools);
    }

    @Test
    @Order(6)
    void anEdgeNodeAnswersThroughItsCore() {
        RequiredPart.that(
                        "an OpenAI-compatible endpoint in the runtimes",
                        "build them with pipecat-endpoint-openai",
                        TiersTest::servesModel)
                .orSkip();
        answers(EDGE);
    }

    @Test
    @Order(7)
    void aBrokenVersionRollsBack() {
        String before = current(MID);
        Path broken = Broken.archive(folder);
        // Its settings change as well: going back takes them back.
        Play play = lab.play(
                inventory("mid"),
                "--limit mid1 --extra-vars pipecat_archive=" + broken
                        + " --extra-vars '{\"pipecat_settings\": {\"LOG_LEVEL\": \"debug\"}}'");
        assertNotEquals(0, play.output().code(), play.text());
        assertTrue(play.text().contains("runs " + before.strip().replaceAll(".*/", "") + " again"), play.text());
        assertTrue(play.text().contains("this build is broken"), play.text());
        assertEquals(before, current(MID));
        assertEquals("active", lab.on(MID, "systemctl is-active pipecat").ok().strip());
        lab.on(MID, "! grep LOG_LEVEL /etc/pipecat/pipecat.env").ok();
        lab.on(MID, "[ -z \"$(find /etc/pipecat /etc/systemd/system -name \"*~\")\" ]")
                .ok();
        answers(MID);
        Play again = lab.play(inventory("mid"), "--limit mid1").succeeded();
        assertEquals(0, again.changed().get("mid1"), again.text());
    }

    @Test
    @Order(8)
    void whatWaitsForOthersIsNoBrokenVersion() {
        String before = current(MID);
        // As a node ends whose language model or Consul is away.
        String arguments = "--limit mid1 --extra-vars pipecat_health_timeout=20 --extra-vars pipecat_archive="
                + Broken.archive(folder, "echo its core is away >&2; exit 4");
        Play play = lab.play(inventory("mid"), arguments);
        assertNotEquals(0, play.output().code(), play.text());
        // It was not given up before its time, and what was well before runs again.
        assertTrue(play.text().contains("(0 retries left)") || play.text().contains("(1 retries left)"), play.text());
        assertTrue(play.text().contains("with exit code 4"), play.text());
        assertTrue(play.text().contains("runs " + before.strip().replaceAll(".*/", "") + " again"), play.text());
        assertEquals(before, current(MID));

        // If the one before was not well either, going back would not help.
        lab.on(MID, "systemctl stop pipecat").ok();
        Play stays = lab.play(inventory("mid"), arguments);
        assertNotEquals(0, stays.output().code(), stays.text());
        assertTrue(stays.text().contains("It stays, since what it leans on cannot be reached"), stays.text());
        assertNotEquals(before, current(MID));
        lab.play(inventory("mid"), "--limit mid1").succeeded();
        assertEquals(before, current(MID));
        answers(MID);
    }

    @Test
    @Order(9)
    void aTierChangeChangesOnlyWhatItMust() {
        lab.on(MID, "touch /var/lib/pipecat/kept").ok();
        Play play = lab.play(inventory("edge"), "").succeeded();
        assertEquals(0, play.changed().get("core1"), play.text());
        assertEquals(0, play.changed().get("edge1"), play.text());
        assertTrue(play.changed().get("mid1") > 0, play.text());
        lab.on(MID, "[ -e /var/lib/pipecat/kept ]").ok();
        assertTrue(current(MID).contains("-edge-"), current(MID));
        // The terms of libraries are in every archive.
        lab.on(MID, "[ -z \"$(find /opt/pipecat/current/ -name \"*llama*\" -not -path \"*/licenses/*\")\" ]")
                .ok();
        assertTrue(lab.on(MID, "pipecat topology").ok().contains("distributed, edge"));
    }
}
