package io.pipecat.tools.local.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.testkit.RequiredPart;
import io.pipecat.tools.local.Calls;
import io.pipecat.tools.local.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs can do, and what they are told where they cannot run. Attempts to break out are in {@link SandboxEscapeTest}. */
class CodeRunnerToolTest {
    private static final RequiredPart BWRAP = RequiredPart.of("bwrap", "Debian package bubblewrap");
    private static final RequiredPart PYTHON = RequiredPart.file(Path.of("/usr/bin/python3"), "Debian package python3");
    private static final RequiredPart NODE = RequiredPart.file(Path.of("/usr/bin/node"), "Debian package nodejs");
    private static final CodeLimits LIMITS = new CodeLimits(256, 16, 32, Duration.ofSeconds(60));

    @TempDir
    Path stateDir;

    private Tool tool;

    @BeforeEach
    void makeTool() {
        tool = Tool.annotated(new CodeRunnerTool(LIMITS, stateDir, Clock.systemUTC()));
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        try (Stream<Path> files = Files.list(stateDir)) {
            assertEquals(List.of(), files.filter(file -> !file.endsWith("bin")).toList());
        }
    }

    private JsonObject python(String code) throws Exception {
        BWRAP.orSkip();
        PYTHON.orSkip();
        return Calls.object(tool, "run_python_code", JsonObject.of("code", code));
    }

    private JsonObject run(String language, String code) throws Exception {
        BWRAP.orSkip();
        return Calls.object(tool, "run_code_in_sandbox", arguments(language, code));
    }

    private static JsonObject arguments(String language, String code) {
        return JsonObject.builder().put("code", code).put("language", language).build();
    }

    private static String text(JsonObject result, String member) {
        return result.string(member).orElseThrow();
    }

    private static int exitCode(JsonObject result) {
        return result.number("exit_code").orElseThrow().toInt();
    }

    @Test
    void isHeavyAndAsksFirst() {
        assertEquals(Placement.HEAVY, tool.spec().placement());
        assertTrue(tool.spec().methods().stream().allMatch(MethodSpec::sensitive));
        assertEquals(
                List.of(List.of("code", "language", "libraries", "timeout"), List.of("code", "timeout")),
                tool.spec().methods().stream().map(MethodSpec::parameterNames).toList());
    }

    @Test
    void pythonPrintsInBothStreamsAndEndsWithItsCode() throws Exception {
        JsonObject result = python("import sys\nprint('Grüße 😀')\nprint('oh', file=sys.stderr)\nsys.exit(7)");
        assertEquals("Grüße 😀\n", text(result, "stdout"));
        assertEquals("oh\n", text(result, "stderr"));
        assertEquals(7, exitCode(result));
        assertEquals(false, result.bool("timed_out").orElseThrow());
        assertEquals(false, result.bool("truncated").orElseThrow());
        assertTrue(result.has("duration_ms"));
    }

    @Test
    void aFaultShowsItsTraceback() throws Exception {
        JsonObject result = python("def f():\n    return 1 / 0\nf()");
        assertEquals(1, exitCode(result));
        assertTrue(text(result, "stderr").contains("line 2, in f"), () -> text(result, "stderr"));
        assertTrue(text(result, "stderr").endsWith("ZeroDivisionError: division by zero\n"));
    }

    @Test
    void bytesThatAreNoTextDoNoHarm() throws Exception {
        JsonObject result = python("import os\nos.write(1, b'a\\xff\\x00b')");
        assertEquals("a\uFFFD\0b", text(result, "stdout"));
    }

    @ParameterizedTest
    @CsvSource({"bash, 'echo ${BASH_VERSION:+yes}', yes", "SH, echo $((6 * 7)), 42", "shell, 'cat; echo end', end"})
    void shellsRun(String language, String code, String expected) throws Exception {
        assertEquals(expected + "\n", text(run(language, code), "stdout"));
    }

    @Test
    void javascriptRuns() throws Exception {
        NODE.orSkip();
        JsonObject result = run("javascript", "console.log([1, 2, 3].map(n => n * n).join());");
        assertEquals("1,4,9\n", text(result, "stdout"), () -> text(result, "stderr"));
    }

    @Test
    void aSignalShowsInTheExitCode() throws Exception {
        assertEquals(128 + 15, exitCode(run("shell", "kill -TERM $$")));
    }

    @Test
    void filesInTmpLastAsLongAsTheProgram() throws Exception {
        assertEquals("here\n", text(run("shell", "echo here > a; ln -s /tmp/a b; cat b"), "stdout"));
        assertEquals("", text(run("shell", "ls -A"), "stdout"));
    }

    @Test
    void endsAtItsTimeLimit() throws Exception {
        BWRAP.orSkip();
        PYTHON.orSkip();
        JsonObject result = Calls.object(
                tool,
                "run_python_code",
                JsonObject.builder()
                        .put("code", "print('begin', flush=True)\nwhile True: pass")
                        .put("timeout", 1)
                        .build());
        assertTrue(result.bool("timed_out").orElseThrow());
        assertEquals("begin\n", text(result, "stdout"));
        assertEquals(137, exitCode(result));
    }

    @Test
    void endsBeforeTheDeadlineOfTheCall() throws Exception {
        BWRAP.orSkip();
        Instant now = Instant.parse("2026-11-05T08:09:10Z");
        Tool fixed = Tool.annotated(new CodeRunnerTool(LIMITS, stateDir, Clock.fixed(now, ZoneOffset.UTC)));
        ToolContext soon = new ToolContext("test", now.plusSeconds(2), line -> {});
        JsonObject result =
                (JsonObject) fixed.call("run_code_in_sandbox", arguments("shell", "echo a; sleep 1000"), soon);
        assertTrue(result.bool("timed_out").orElseThrow());
        assertEquals("a\n", text(result, "stdout"));
    }

    @Test
    void anInterruptionEndsAllOfIt() throws Exception {
        BWRAP.orSkip();
        // The marker stands in the command lines that this machine's /proc shows.
        String marker = "3" + System.nanoTime() % 100_000_000 + ".25";
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread call = Thread.ofVirtual().start(() -> {
            try {
                run("shell", "setsid sleep " + marker + " & sleep " + marker);
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (sleepers(marker) < 2 && call.isAlive()) {
            Thread.onSpinWait();
        }
        assertEquals(2, sleepers(marker));
        call.interrupt();
        call.join();
        assertEquals(0, interrupted.getCount());
        assertEquals(0, sleepers(marker));
    }

    private static long sleepers(String marker) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().arguments().stream().flatMap(Stream::of).anyMatch(marker::equals))
                .count();
    }

    @Test
    void callsRunSideBySide() throws Exception {
        BWRAP.orSkip();
        List<Thread> calls = Stream.of("a", "b", "c", "d")
                .map(word -> Thread.ofVirtual().start(() -> {
                    try {
                        assertEquals(word + "\n", text(run("shell", "echo " + word + " > x; cat x"), "stdout"));
                    } catch (Exception e) {
                        Assertions.fail(e);
                    }
                }))
                .toList();
        for (Thread call : calls) {
            call.join();
        }
    }

    @Test
    void anUnknownLanguageGetsTheKnownOnes() {
        assertEquals(
                "The language 'pyton' cannot be run here: there are python, shell, bash, javascript."
                        + " Did you mean 'python'?",
                Calls.failure(tool, "run_code_in_sandbox", arguments("pyton", "1")));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "61", "2147483647"})
    void aTimeLimitOutOfRangeIsRefused(int timeout) {
        JsonObject arguments =
                JsonObject.builder().put("code", "1").put("timeout", timeout).build();
        assertTrue(Calls.failure(tool, "run_python_code", arguments).contains("is not between 1 and 60"));
    }

    @Test
    void installedLibrariesAreTakenAndOthersNamed() throws Exception {
        BWRAP.orSkip();
        PYTHON.orSkip();
        JsonObject there = arguments("python", "import json; print(json.dumps([1]))").toBuilder()
                .put("libraries", JsonArray.ofStrings(List.of("json")))
                .build();
        assertEquals("[1]\n", text(Calls.object(tool, "run_code_in_sandbox", there), "stdout"));
        JsonObject missing = there.toBuilder()
                .put("libraries", JsonArray.ofStrings(List.of("json", "no_such_thing", "nor-this")))
                .build();
        assertEquals(
                "Not installed on this node for python: no_such_thing, nor-this. The sandbox has no network and installs"
                        + " nothing: do it without them.",
                Calls.failure(tool, "run_code_in_sandbox", missing));
    }

    @ParameterizedTest
    @CsvSource({"python, numpy==1.2", "python, --upgrade", "python, a b", "javascript, ''"})
    void whatIsNoLibraryIsRefused(String language, String library) {
        JsonObject arguments = arguments(language, "1").toBuilder()
                .put("libraries", JsonArray.ofStrings(List.of(library)))
                .build();
        assertTrue(Calls.failure(tool, "run_code_in_sandbox", arguments).startsWith("The libraries are given as"));
    }

    @Test
    void aShellHasNoLibraries() {
        JsonObject arguments = arguments("bash", "1").toBuilder()
                .put("libraries", JsonArray.ofStrings(List.of("jq")))
                .build();
        assertTrue(Calls.failure(tool, "run_code_in_sandbox", arguments).startsWith("A program in bash has no"));
    }

    private String failureOf(Programs programs, String machine) {
        Sandbox sandbox = new Sandbox(programs, LIMITS, stateDir, machine);
        Tool broken = Tool.annotated(new CodeRunnerTool(LIMITS, Clock.systemUTC(), sandbox));
        return Calls.failure(broken, "run_code_in_sandbox", arguments("shell", "echo ran"));
    }

    @Test
    void withoutBubblewrapNothingRuns() {
        String message = failureOf(Programs.in(stateDir), "amd64");
        assertTrue(message.contains("bwrap is not installed") && message.contains("apt install bubblewrap"), message);
        assertTrue(message.endsWith("Nothing was run."), message);
    }

    @Test
    void onAMachineWhoseSystemCallsAreUnknownNothingRuns() {
        BWRAP.orSkip();
        String message = failureOf(Programs.ofSystem(), "s390x");
        assertTrue(message.contains("(s390x) are not known, only those of amd64 and aarch64"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bwrap: No permissions to create new namespace | The kernel must allow user namespaces
            bwrap: Unknown option --disable-userns        | Bubblewrap 0.8 or newer is needed
            """)
    void whereBubblewrapFailsItSaysWhy(String said, String remedy) throws Exception {
        Path bin = Files.createDirectory(stateDir.resolve("bin"));
        Path script = Files.writeString(bin.resolve("bwrap"), "#!/bin/sh\necho '" + said + "' >&2\nexit 1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        // Another user runs it where this one is the superuser.
        Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwxr-xr-x"));
        String message = failureOf(Programs.in(bin), "amd64");
        assertTrue(message.contains(said) && message.contains(remedy), message);
        assertTrue(message.endsWith("Nothing was run."), message);
    }

    @Test
    void aProgramCannotPretendThatTheSandboxFailed() throws Exception {
        JsonObject result = run("shell", "echo 'bwrap: No permissions' >&2; exit 1");
        assertEquals(1, exitCode(result));
        assertFalse(text(result, "stderr").isEmpty());
    }

    @Test
    void withoutAStateFolderItSaysSo() {
        BWRAP.orSkip();
        Tool lost = Tool.annotated(new CodeRunnerTool(LIMITS, stateDir.resolve("gone"), Clock.systemUTC()));
        String message = Calls.failure(lost, "run_code_in_sandbox", arguments("shell", "echo ran"));
        assertTrue(message.contains("could not be prepared in " + stateDir.resolve("gone")), message);
    }

    @Test
    void noTimeIsLeft() {
        BWRAP.orSkip();
        ToolContext late = new ToolContext("test", Instant.EPOCH, line -> {});
        ToolException e = Assertions.assertThrows(
                ToolException.class, () -> tool.call("run_code_in_sandbox", arguments("shell", "echo ran"), late));
        assertEquals(ToolException.Reason.TIMEOUT, e.reason());
    }
}
