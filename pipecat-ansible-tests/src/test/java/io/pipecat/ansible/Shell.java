package io.pipecat.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Commands on this machine. */
final class Shell {
    static final Path ROOT = root();
    private static final long DEADLINE_MINUTES = 20;

    private Shell() {}

    /** What a command said, on both streams, and how it ended. */
    record Output(int code, String text) {
        /** The text of a command that must have succeeded. */
        String ok() {
            assertEquals(0, code, text);
            return text;
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("bootstrap.sh"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static Output run(String command) {
        return run(ROOT, Map.of(), command);
    }

    /** Runs it in bash, with the storage of bin/container-parts where that is there. */
    static Output run(Path folder, Map<String, String> environment, String command) {
        String prepared = "[ ! -e " + ROOT + "/target/containers/env.sh ] || . " + ROOT + "/target/containers/env.sh\n";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", prepared + command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> read(process));
            if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end");
            }
            return new Output(process.exitValue(), text.join());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
