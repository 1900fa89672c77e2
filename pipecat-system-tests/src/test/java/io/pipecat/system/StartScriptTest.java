package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, around a program that tells how it was started. */
class StartScriptTest {
    private static final Path FILES = Pipecat.ROOT.resolve("pipecat-dist/runtimes/src/files");

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void make() throws IOException {
        home = folder.resolve("home");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("conf"));
        Files.copy(FILES.resolve("bin/start_pipecat.sh"), home.resolve("bin/start_pipecat.sh"));
        Files.writeString(home.resolve("conf/tier"), "mid\n");
        Files.writeString(home.resolve("bin/pipecat"), "#!/bin/sh\necho \"started: $*\"\nexit 42\n");
        for (String script : List.of("bin/start_pipecat.sh", "bin/pipecat")) {
            assertTrue(home.resolve(script).toFile().setExecutable(true));
        }
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/start_pipecat.sh").toString(), "--log-level", "info");
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    private String run(int code, Map<String, String> environment) throws Exception {
        Process process = start(environment);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), out);
        assertEquals(code, process.exitValue(), out);
        return out;
    }

    @Test
    void aMonolithStartsAtOnceAndItsExitCodeIsKept() throws Exception {
        String out = run(42, Map.of());
        assertTrue(out.contains("started: serve --log-level info"), out);
        assertTrue(run(42, Map.of("NODE_ROLE", "Monolith", "NODE_TIER", "MID")).contains("mode monolith"));
    }

    @Test
    void badAndContradictingValuesAreRefusedWithTheValidOnes() throws Exception {
        assertTrue(run(3, Map.of("DEPLOYMENT_MODE", "cluster")).contains("one of: monolith distributed"));
        assertTrue(run(3, Map.of("NODE_TIER", "large")).contains("one of: edge mid core"));
        assertTrue(run(3, Map.of("START_TIMEOUT", "1m")).contains("number of seconds"));
        String contradiction = run(3, Map.of("DEPLOYMENT_MODE", "distributed", "NODE_ROLE", "monolith"));
        assertTrue(contradiction.contains("set one of them only"), contradiction);
    }

    @Test
    void aRenderedFileIsWaitedForWithinABound() throws Exception {
        Path file = folder.resolve("rendered.env");
        String missing = run(3, Map.of("WAIT_FOR_FILES", file.toString(), "START_TIMEOUT", "1"));
        assertTrue(missing.contains("still missing or empty: " + file), missing);
        Process process = start(Map.of("WAIT_FOR_FILES", file.toString(), "START_TIMEOUT", "30"));
        try (BufferedReader log = reader(process)) {
            assertTrue(log.readLine().contains("Waiting for the files"));
            Files.writeString(file, "KEY=value\n");
            assertTrue(log.lines().anyMatch(line -> line.contains("started: serve")));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aDistributedNodeWaitsForConsulAndThenStarts() throws Exception {
        try (ServerSocket consul = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Process process = start(Map.of(
                    "DEPLOYMENT_MODE", "distributed",
                    "CONSUL_HOST", "127.0.0.1",
                    "CONSUL_PORT", String.valueOf(consul.getLocalPort()),
                    "START_TIMEOUT", "30"));
            try (BufferedReader log = reader(process)) {
                answer(consul, "\"\"");
                assertTrue(log.readLine().contains("Waiting for Consul"), "without a leader it is not ready");
                answer(consul, "\"127.0.0.1:8300\"");
                assertTrue(log.lines().anyMatch(line -> line.contains("started: serve")));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static void answer(ServerSocket server, String body) throws IOException {
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void withoutConsulItStartsAfterTheBoundAndSaysSo() throws Exception {
        String out = run(
                42,
                Map.of(
                        "DEPLOYMENT_MODE", "distributed",
                        "CONSUL_HOST", "127.0.0.1",
                        "CONSUL_PORT", "9",
                        "START_TIMEOUT", "1"));
        assertTrue(out.contains("has not answered within 1 s; starting without it"), out);
    }

    @Test
    void aSignalEndsTheWaiting() throws Exception {
        Process process = start(Map.of("WAIT_FOR_FILES", "/nonexistent/file", "START_TIMEOUT", "60"));
        try (BufferedReader log = reader(process)) {
            assertTrue(log.readLine().contains("Waiting for the files"));
            process.toHandle().destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGTERM did not end it");
            assertEquals(143, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
