package io.pipecat.tools.local.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.testkit.RequiredPart;
import io.pipecat.tools.local.Calls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that try to get out, to see what is not theirs, or to use up the machine. */
class SandboxEscapeTest {
    private static final RequiredPart BWRAP = RequiredPart.of("bwrap", "Debian package bubblewrap");
    private static final RequiredPart PYTHON = RequiredPart.file(Path.of("/usr/bin/python3"), "Debian package python3");
    private static final int MEMORY_MIB = 128;
    private static final CodeLimits LIMITS = new CodeLimits(MEMORY_MIB, 16, 24, Duration.ofSeconds(60));

    @TempDir
    Path stateDir;

    private Tool tool;

    @BeforeEach
    void makeTool() {
        BWRAP.orSkip();
        PYTHON.orSkip();
        tool = Tool.annotated(new CodeRunnerTool(LIMITS, stateDir, Clock.systemUTC()));
    }

    private JsonObject run(String language, String code) throws Exception {
        return Calls.object(
                tool,
                "run_code_in_sandbox",
                JsonObject.builder()
                        .put("code", code)
                        .put("language", language)
                        .put("timeout", 20)
                        .build());
    }

    private String stdout(String language, String code) throws Exception {
        JsonObject result = run(language, code);
        assertEquals("", result.string("stderr").orElseThrow(), () -> "stdout: " + result.string("stdout"));
        return result.string("stdout").orElseThrow();
    }

    @Test
    void aForkBombStaysSmall() throws Exception {
        String seen = stdout("python", """
                import os, time
                children = 0
                try:
                    while True:
                        pid = os.fork()
                        if pid == 0:
                            time.sleep(1000)
                        children += 1
                except BlockingIOError:
                    print(children)
                """);
        int children = Integer.parseInt(seen.strip());
        assertTrue(children > 5 && children < LIMITS.processes(), seen);
    }

    @Test
    void aRealForkBombEndsWithItsTime() throws Exception {
        JsonObject result = Calls.object(
                tool,
                "run_code_in_sandbox",
                JsonObject.builder()
                        .put("code", "bomb() { bomb | bomb & }; bomb; while :; do :; done")
                        .put("language", "bash")
                        .put("timeout", 2)
                        .build());
        assertTrue(result.bool("timed_out").orElseThrow()
                || result.string("stderr").orElseThrow().contains("fork"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/a", "/dev/shm/a"})
    void theDiskFillsAtItsLimit(String file) throws Exception {
        String seen = stdout("python", """
                import signal
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                written = 0
                try:
                    for i in range(100):
                        with open(f'%s{i}', 'wb', buffering=0) as f:
                            while True:
                                written += f.write(b'x' * 65536)
                                if f.tell() >= 8 << 20: break
                except OSError as e:
                    print(e.errno, written >> 20)
                """.formatted(file));
        // ENOSPC
        assertEquals("28 16\n", seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "/dev/a",
                "/usr/a",
                "/etc/a",
                "/code/a",
                "/code/main.py",
                "/proc/sys/kernel/hostname",
                "/run/a"
            })
    void nothingElseCanBeWritten(String file) throws Exception {
        String seen = stdout("python", """
                import os
                try:
                    os.makedirs(os.path.dirname('%1$s'), exist_ok=True)
                    open('%1$s', 'w')
                    print('written')
                except OSError as e:
                    print('refused')
                """.formatted(file));
        assertEquals("refused\n", seen);
    }

    @Test
    void oneProcessCannotTakeAllMemory() throws Exception {
        assertEquals("refused\n", stdout("python", """
                try:
                    a = bytearray(1 << 30)
                    print('taken')
                except MemoryError:
                    print('refused')
                """));
    }

    @Test
    void manyProcessesCannotTakeAllMemory() throws Exception {
        JsonObject result = run("python", """
                import os, time
                for i in range(8):
                    if os.fork() == 0:
                        a = bytearray(os.urandom(1 << 20)) * 40
                        time.sleep(1000)
                time.sleep(1000)
                """);
        String stderr = result.string("stderr").orElseThrow();
        assertEquals(
                "The program was stopped: it and its children used more than " + MEMORY_MIB + " MiB of memory.\n",
                stderr);
        assertEquals(137, result.number("exit_code").orElseThrow().toInt());
        assertFalse(result.bool("timed_out").orElseThrow());
    }

    @Test
    void memoryThatBelongsToNobodyIsRefused() throws Exception {
        assertEquals("[1, 1, 1]\n", stdout("python", """
                import ctypes, os
                libc = ctypes.CDLL(None, use_errno=True)
                seen = []
                try:
                    os.memfd_create('a')
                except OSError as e:
                    seen.append(e.errno)
                libc.shmget(0, 1 << 20, 0o1600)
                seen.append(ctypes.get_errno())
                libc.msgget(0, 0o1600)
                seen.append(ctypes.get_errno())
                print(seen)
                """));
    }

    @Test
    void anEndlessOutputIsCutWithoutHarm() throws Exception {
        JsonObject result = run("bash", "echo begin; head -c 300000000 /dev/zero | tr '\\0' 'a'; echo; echo end");
        String stdout = result.string("stdout").orElseThrow();
        assertTrue(result.bool("truncated").orElseThrow());
        assertTrue(stdout.startsWith("begin\naaa") && stdout.endsWith("aaa\nend\n"), () -> "" + stdout.length());
        assertTrue(stdout.contains(" bytes left out] …"), () -> "" + stdout.length());
        assertTrue(stdout.length() < 70_000, () -> "" + stdout.length());
        assertEquals(0, result.number("exit_code").orElseThrow().toInt());
    }

    @Test
    void secretsAreNotThere() throws Exception {
        Path secret = Files.writeString(stateDir.resolve("secret"), "s3cret");
        String home = System.getProperty("user.home");
        String seen = stdout("python", """
                import os
                for p in ['/etc/shadow', '/etc/passwd', '/root', '/home', '/var', '/run', '/etc/hostname', '/sys', '/boot',
                          '/usr/local/etc/x', '/proc/1/root/etc/shadow', '/proc/1/cwd/etc', '%s', '%s', '%s']:
                    try:
                        os.stat(p)
                        print('there:', p)
                    except OSError:
                        pass
                print(sorted(os.listdir('/')))
                """.formatted(secret, stateDir, home));
        assertFalse(seen.contains("there:"), seen);
    }

    @Test
    void aStateFolderBelowTheSystemIsHidden() throws Exception {
        // A command line only: no test writes to /usr.
        SandboxCommand command = new SandboxCommand(
                Path.of("/usr/bin/bwrap"), stateDir, false, LIMITS, List.of(Path.of("/usr/share"), stateDir));
        List<String> line = command.line(Language.SHELL, Path.of("/bin/sh"), List.of(), Duration.ofSeconds(1));
        int at = line.indexOf("/usr/share");
        assertEquals("--tmpfs", line.get(at - 1));
        assertFalse(line.contains("--bind"));
    }

    @Test
    void theEnvironmentIsEmpty() throws Exception {
        String seen = stdout("python", """
                import os
                names = set(os.environ)
                with open('/proc/1/environ', 'rb') as f:
                    names |= {e.split(b'=')[0].decode() for e in f.read().split(b'\\0') if e}
                print(sorted(names))
                """);
        assertEquals("['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR', 'USER']\n", seen);
    }

    @Test
    void otherProcessesAreNotThere() throws Exception {
        String seen = stdout("python", """
                import os
                pids = [int(p) for p in os.listdir('/proc') if p.isdigit()]
                print(max(pids) < 10, os.getppid() in (0, 1), os.getuid())
                for fd in os.listdir('/proc/self/fd'):
                    try:
                        if int(fd) > 2: print(os.readlink('/proc/self/fd/' + fd))
                    except OSError: pass
                """);
        assertEquals("True True 1000\n", seen);
    }

    @Test
    void killingEverybodyEndsNobodyElse() throws Exception {
        String seen = stdout("python", """
                import os, signal
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                for target in (os.getppid(), 1):
                    try:
                        os.kill(target, signal.SIGKILL)
                    except OSError as e:
                        print('refused')
                try:
                    os.kill(-1, signal.SIGTERM)
                except OSError:
                    print('nobody')
                print(PID_OF_NODE := %d, os.path.exists('/proc/%d'))
                """.formatted(
                        ProcessHandle.current().pid(), ProcessHandle.current().pid()));
        assertTrue(seen.endsWith(ProcessHandle.current().pid() + " False\n"), seen);
    }

    @Test
    void thereIsNoNetwork() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String seen = stdout("python", """
                    import socket
                    for family, address in ((socket.AF_INET, ('127.0.0.1', %d)), (socket.AF_INET, ('1.1.1.1', 53))):
                        try:
                            s = socket.socket(family, socket.SOCK_STREAM)
                            s.settimeout(2)
                            s.connect(address)
                            print('connected', address)
                        except OSError as e:
                            print('refused')
                    for family in (socket.AF_VSOCK, socket.AF_PACKET, socket.AF_ALG):
                        try:
                            socket.socket(family, socket.SOCK_STREAM if family != socket.AF_PACKET else socket.SOCK_RAW)
                            print('opened', family)
                        except OSError as e:
                            print(e.errno)
                    print([i[1] for i in socket.if_nameindex()])
                    """.formatted(server.getLocalPort()));
            assertEquals("refused\nrefused\n97\n97\n97\n['lo']\n", seen);
        }
    }

    @Test
    void rightsCannotBeGained() throws Exception {
        String seen = stdout("bash", """
                grep -E '^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):' /proc/self/status | tr -s '\\t' ' '
                for c in 'unshare -U true' 'unshare -r true' 'mount -t tmpfs x /tmp' 'chroot / true' 'setpriv --reuid=0 true' \\
                         'nice -n -5 true' 'prlimit --nproc=9999 true' 'nsenter -t 1 -n true'; do
                    $c 2>/tmp/error && [ ! -s /tmp/error ] && echo "could: $c"
                done
                true
                """);
        assertEquals("""
                CapInh: 0000000000000000
                CapPrm: 0000000000000000
                CapEff: 0000000000000000
                CapBnd: 0000000000000000
                CapAmb: 0000000000000000
                NoNewPrivs: 1
                Seccomp: 2
                """, seen);
    }

    @Test
    void linksLeadNowhere() throws Exception {
        Path secret = Files.writeString(stateDir.resolve("secret"), "s3cret");
        String seen = stdout("bash", """
                ln -s %1$s one; ln -s /proc/1/root/%1$s two; ln -s ../../../../../../%1$s three; ln -s /proc/self/fd/3 four
                cat one two three four 2>/dev/null
                echo done
                """.formatted(secret));
        assertEquals("done\n", seen);
    }

    @RepeatedTest(10)
    void childrenDoNotOutliveTheProgram() throws Exception {
        String marker = "4" + System.nanoTime() % 100_000_000 + ".5";
        assertEquals("started\n", stdout("bash", "setsid sleep " + marker + " >/dev/null 2>&1 & echo started"));
        assertEquals(
                0,
                ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains(marker))
                        .count());
    }
}
