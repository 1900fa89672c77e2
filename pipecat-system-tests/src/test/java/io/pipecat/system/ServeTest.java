package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node in the foreground. */
class ServeTest {
    @TempDir
    private Path folder;

    @Test
    void runsUntilItIsTold() throws Exception {
        Pipecat pipecat = new Pipecat(folder)
                .with("LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:9/v1")
                .with("WEB_PORT", "0");
        Process process = pipecat.command("serve").redirectErrorStream(true).start();
        try (BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = log.readLine();
            while (line != null && !line.contains("Ready")) {
                line = log.readLine();
            }
            assertTrue(line != null, "it ended before it was ready");
            // Process.destroy would close the log as well.
            process.toHandle().destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGTERM did not end it");
            assertEquals(143, process.exitValue());
            assertTrue(log.lines().anyMatch(rest -> rest.contains("Stopping")));
        } finally {
            process.destroyForcibly();
        }
    }
}
