package io.pipecat.tools.local.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.tools.local.Calls;
import io.pipecat.tools.local.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With programs of its own in place of systemd's: nothing here switches anything off. */
class PowerToolTest {
    @TempDir
    Path folder;

    private Path bin;
    private Path scheduled;
    private Tool tool;

    @BeforeEach
    void makePrograms() throws Exception {
        bin = Files.createDirectory(folder.resolve("bin"));
        scheduled = folder.resolve("scheduled");
        program("systemctl", "[ \"$1\" = is-system-running ] && { echo degraded; exit 1; }");
        program("shutdown", "");
        tool = Tool.annotated(new PowerTool(Programs.in(bin), scheduled));
    }

    private void program(String name, String script) throws Exception {
        Path file = Files.writeString(
                bin.resolve(name),
                "#!/bin/sh\necho \"" + name + " $*\" >> " + folder + "/calls\n" + script + "\nexit 0\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String calls() throws Exception {
        return Files.readString(folder.resolve("calls"));
    }

    @ParameterizedTest
    @CsvSource({
        "shutdown, 0, systemctl poweroff",
        "shutdown, 5, shutdown -P +5",
        "reboot, 0, systemctl reboot",
        "reboot, 10080, shutdown -r +10080"
    })
    void passesOnWhatWasAskedFor(String method, int delay, String command) throws Exception {
        JsonObject done = Calls.object(
                tool, method, JsonObject.builder().put("delay", delay).build());
        assertEquals(command + "\n", calls());
        assertEquals(method, done.string("action").orElseThrow());
        assertEquals(delay, done.number("in_minutes").orElseThrow().toInt());
    }

    @Test
    void leavesAMinuteForTheAnswerUnlessToldOtherwise() throws Exception {
        Calls.object(tool, "shutdown", JsonObject.EMPTY);
        Calls.object(tool, "cancel", JsonObject.EMPTY);
        Calls.object(tool, "suspend", JsonObject.EMPTY);
        assertEquals("shutdown -P +1\nshutdown -c\nsystemctl suspend\n", calls());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10081, Integer.MIN_VALUE})
    void aDelayOutOfRangeIsRefused(int delay) {
        JsonObject arguments = JsonObject.builder().put("delay", delay).build();
        assertTrue(Calls.failure(tool, "reboot", arguments).contains("is not between 0 and 10080"));
        assertFalse(Files.exists(folder.resolve("calls")));
    }

    @Test
    void aRefusalOfTheSystemIsTold() throws Exception {
        program("systemctl", "echo 'Access denied' >&2; exit 4");
        assertEquals(
                "The system did not do it (suspend): exit code 4, Access denied. This node's user may lack the right to:"
                        + " see polkit, org.freedesktop.login1.",
                Calls.failure(tool, "suspend", JsonObject.EMPTY));
    }

    @Test
    void withoutSystemdItSaysSo() throws Exception {
        Files.delete(bin.resolve("shutdown"));
        assertTrue(Calls.failure(tool, "shutdown", JsonObject.EMPTY).contains("shutdown is not installed"));
    }

    @Test
    void tellsTheStateAndWhatIsPlanned() throws Exception {
        assertEquals(
                "{\"state\":\"degraded\",\"scheduled\":null,\"at\":null}",
                Calls.object(tool, "status", JsonObject.EMPTY).toString());
        Files.writeString(scheduled, "USEC=1793862550000000\nWARN_WALL=1\nMODE=poweroff\n");
        assertEquals(
                "{\"state\":\"degraded\",\"scheduled\":\"poweroff\",\"at\":\"2026-11-05T07:09:10Z\"}",
                Calls.object(tool, "status", JsonObject.EMPTY).toString());
    }

    @Test
    void noStateIsAFailure() throws Exception {
        program("systemctl", "echo 'Failed to connect to bus' >&2; exit 1");
        assertTrue(Calls.failure(tool, "status", JsonObject.EMPTY).contains("Failed to connect to bus"));
    }
}
