package io.pipecat.tools.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool against Debian's sshd. */
class SshToolTest {
    @TempDir
    static Path folder;

    private static RealSshd sshd;
    private static SshSettings settings;
    private static Tool tool;

    @BeforeAll
    static void start() throws Exception {
        sshd = new RealSshd(folder);
        settings = Calls.settings(sshd.knownHosts, sshd.keyDir);
        tool = Tool.annotated(new SshTool(settings));
    }

    @AfterAll
    static void stop() throws Exception {
        if (tool != null) {
            tool.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    @BeforeEach
    void trustAll() throws Exception {
        sshd.trust("host_ed25519.pub", "host_ecdsa.pub", "host_rsa.pub");
    }

    private static JsonObject command(String command) {
        return Calls.arguments(sshd.host(), RealSshd.USER, command, "id_ed25519", null);
    }

    @Test
    void givesStatusAndBothStreams() throws Exception {
        JsonObject result = Calls.run(tool, command("echo Grüße; echo oh >&2; exit 3"));
        assertEquals(
                "{\"exit_status\":3,\"stdout\":\"Grüße\\n\",\"stderr\":\"oh\\n\",\"truncated\":false}",
                result.toString());
    }

    @Test
    void eachKindOfKeyLogsIn() throws Exception {
        for (String key : List.of(
                "id_ed25519",
                "id_ecdsa",
                "id_rsa",
                sshd.keyDir.resolve("id_rsa").toString())) {
            JsonObject arguments = Calls.arguments(sshd.host(), RealSshd.USER, "echo in", key, null);
            assertEquals("in\n", Calls.out(Calls.run(tool, arguments)), key);
        }
    }

    @Test
    void theUsualKeysAreTriedWhereNoneIsNamed() throws Exception {
        JsonObject arguments = Calls.arguments(sshd.host(), RealSshd.USER, "echo in", null, null);
        assertEquals("in\n", Calls.out(Calls.run(tool, arguments)));
    }

    @Test
    void theInputIsEmpty() throws Exception {
        assertEquals(0, Calls.status(Calls.run(tool, command("cat"))));
    }

    @Test
    void anyKindOfKnownHostKeyWillDo() throws Exception {
        for (String key : List.of("host_ed25519.pub", "host_ecdsa.pub", "host_rsa.pub")) {
            sshd.trust(key);
            assertEquals("in\n", Calls.out(Calls.run(tool, command("echo in"))), key);
        }
    }

    @Test
    void hashedKnownHostsAreUnderstood() throws Exception {
        RealSshd.run(RealSshd.KEYGEN.orSkip().toString(), "-q", "-H", "-f", sshd.knownHosts.toString());
        assertTrue(Files.readString(sshd.knownHosts).startsWith("|1|"));
        assertEquals("in\n", Calls.out(Calls.run(tool, command("echo in"))));
    }

    @Test
    void anUnknownHostIsRefusedWithItsFingerprint() throws Exception {
        Files.delete(sshd.knownHosts);
        ToolException e = Calls.failure(tool, command("touch " + folder.resolve("ran")));
        String fingerprint = RealSshd.run(
                        RealSshd.KEYGEN.orSkip().toString(),
                        "-lf",
                        folder.resolve("host_ed25519.pub").toString())
                .split(" ", -1)[1];
        assertTrue(e.getMessage().contains(fingerprint), e.getMessage());
        assertTrue(e.getMessage().contains("ssh-keyscan -p "), e.getMessage());
        assertTrue(e.getMessage().contains(sshd.knownHosts.toString()), e.getMessage());
        assertFalse(Files.exists(folder.resolve("ran")));
    }

    @Test
    void aChangedHostKeyIsRefused() throws Exception {
        sshd.trust("keys/id_ed25519.pub");
        ToolException e = Calls.failure(tool, command("true"));
        assertTrue(e.getMessage().startsWith("REFUSED: " + sshd.host()), e.getMessage());
        assertTrue(e.getMessage().contains("ssh-keygen -R '[127.0.0.1]:"), e.getMessage());
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsRefused() throws Exception {
        RealSshd.keygen(sshd.keyDir.resolve("stranger"), "ed25519", "");
        ToolException e = Calls.failure(tool, Calls.arguments(sshd.host(), RealSshd.USER, "true", "stranger", null));
        assertEquals(Reason.FAILED, e.reason());
        assertTrue(e.getMessage().contains("Tried: the key stranger. Nothing ran."), e.getMessage());
    }

    @Test
    void aPasswordIsNeverShown() {
        ToolException e =
                Calls.failure(tool, Calls.arguments(sshd.host(), RealSshd.USER, "true", null, "hunter2-secret"));
        assertTrue(e.getMessage().contains("Tried: the password"), e.getMessage());
        for (Throwable t = e; t != null; t = t.getCause()) {
            assertFalse(String.valueOf(t.getMessage()).contains("hunter2"), t.toString());
        }
    }

    @Test
    void outputOverTheLimitIsCutWhileItIsRead() throws Exception {
        try (Tool small = Tool.annotated(new SshTool(Calls.limited(settings, Duration.ofSeconds(60), 1000)))) {
            JsonObject result = Calls.run(small, command("head -c 3000000 /dev/zero | tr '\\0' x; echo done >&2"));
            assertEquals("x".repeat(1000), Calls.out(result));
            assertEquals("done\n", Calls.err(result));
            assertEquals(JsonBool.TRUE, result.get("truncated").orElseThrow());
            assertEquals(0, Calls.status(result));
        }
    }

    @Test
    void aCommandThatWritesWithoutEndIsEnded() throws Exception {
        JsonObject result = Calls.run(tool, command("echo $$; exec yes"));
        assertTrue(
                result.string("ended").orElseThrow().contains("64 MiB"),
                result.string("ended").orElseThrow());
        assertEnds(pid(Calls.out(result)));
    }

    @Test
    void aSignalIsNamed() throws Exception {
        JsonObject result = Calls.run(tool, command("kill -9 $$"));
        assertEquals(JsonNull.NULL, result.get("exit_status").orElseThrow());
        assertEquals("KILL", result.string("signal").orElseThrow());
    }

    private static long pid(String output) {
        return Long.parseLong(output.lines().findFirst().orElseThrow().strip());
    }

    private static void assertEnds(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    /** Interrupts a call once its command has told its process id. */
    private static void interruptWhileItRuns(Thread.Builder builder, String script) throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread caller = builder.start(() -> {
            try {
                Calls.run(tool, command("echo pid=$$; " + script), lines::add);
                outcome.complete(null);
            } catch (Throwable t) {
                outcome.complete(t);
            }
        });
        String line;
        do {
            line = lines.poll(60, TimeUnit.SECONDS);
        } while (line != null && !line.startsWith("pid="));
        long pid = Long.parseLong(line.substring(4));
        assertTrue(ProcessHandle.of(pid).isPresent());
        caller.interrupt();
        assertInstanceOf(InterruptedException.class, outcome.get(30, TimeUnit.SECONDS));
        assertEnds(pid);
    }

    @Test
    void interruptionEndsTheCommandOverThere() throws Exception {
        interruptWhileItRuns(Thread.ofVirtual(), "exec sleep 1000");
        interruptWhileItRuns(Thread.ofPlatform(), "exec sleep 1000");
    }

    @Test
    void aCommandThatIgnoresSigtermIsKilled() throws Exception {
        interruptWhileItRuns(Thread.ofVirtual(), "trap '' TERM HUP PIPE; while :; do sleep 1; done");
    }

    @Test
    void aCommandThatTakesTooLongIsEnded() throws Exception {
        try (Tool hasty = Tool.annotated(new SshTool(Calls.limited(settings, Duration.ofSeconds(2), 1000)))) {
            List<String> lines = new ArrayList<>();
            ToolException e = Calls.failure(hasty, command("echo $$; exec sleep 1000"));
            assertEquals(Reason.TIMEOUT, e.reason(), e.getMessage() + lines);
            assertEnds(Long.parseLong(e.getMessage().replaceFirst("(?s).*it wrote: ([0-9]+).*", "$1")));
        }
    }

    @Test
    void callsRunSideBySide() throws Exception {
        List<Future<String>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                String word = "word" + i;
                results.add(threads.submit(() -> Calls.out(Calls.run(tool, command("echo " + word)))));
            }
            for (int i = 0; i < 12; i++) {
                assertEquals("word" + i + "\n", results.get(i).get(60, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void anAgentsKeysLogIn() throws Exception {
        String agentProgram = RequiredPart.of("ssh-agent", "Debian package openssh-client")
                .orSkip()
                .toString();
        String adder = RequiredPart.of("ssh-add", "Debian package openssh-client")
                .orSkip()
                .toString();
        Path socket = folder.resolve("agent.sock");
        Process agent = new ProcessBuilder(agentProgram, "-D", "-a", socket.toString()).start();
        try {
            // It says where it listens once it does.
            agent.inputReader().readLine();
            Path empty = Files.createDirectories(folder.resolve("empty"));
            SshSettings withAgent = Calls.withAgent(Calls.settings(sshd.knownHosts, empty), socket);
            try (Tool fromAgent = Tool.annotated(new SshTool(withAgent))) {
                JsonObject arguments = Calls.arguments(sshd.host(), RealSshd.USER, "echo in", null, null);
                ToolException e = Calls.failure(fromAgent, arguments);
                assertTrue(e.getMessage().contains("Tried: the agent's keys"), e.getMessage());
                for (String key : List.of("id_ed25519", "id_rsa", "id_ecdsa")) {
                    addOnly(adder, socket, sshd.keyDir.resolve(key));
                    assertEquals("in\n", Calls.out(Calls.run(fromAgent, arguments)), key);
                }
            }
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    private static void addOnly(String adder, Path socket, Path key) throws Exception {
        for (List<String> command : List.of(List.of(adder, "-q", "-D"), List.of(adder, "-q", key.toString()))) {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("SSH_AUTH_SOCK", socket.toString());
            Process process = builder.start();
            process.getInputStream().readAllBytes();
            assertEquals(0, process.waitFor(), command.toString());
        }
    }
}
