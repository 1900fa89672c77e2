package io.pipecat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives a copy of the checkout other versions. */
class SetVersionTest {
    private static final RequiredPart GIT = RequiredPart.of("git", "Debian package git");
    private static final String NOT_YET_IN_USE = "97.98.99";

    @TempDir
    private Path made;

    /** An answer of a program. */
    private record Answer(int code, String text) {}

    @BeforeEach
    void copyTheCheckout() throws IOException, InterruptedException {
        RequiredPart.that(
                        "a checkout",
                        "take the sources from git",
                        () -> Files.exists(Reactor.root().resolve(".git")))
                .orSkip();
        Answer files =
                run(Reactor.root(), GIT.orSkip().toString(), "ls-files", "--cached", "--others", "--exclude-standard");
        for (String file : files.text().lines().toList()) {
            Path copy = made.resolve(file);
            // One that is deleted and not committed yet is listed too.
            if (Files.isRegularFile(Reactor.root().resolve(file))) {
                Files.createDirectories(copy.getParent());
                Files.copy(Reactor.root().resolve(file), copy);
            }
        }
        run(made, GIT.orSkip().toString(), "init", "--quiet");
        run(made, GIT.orSkip().toString(), "add", "--all");
    }

    @Test
    void aReleaseAndTheNextSnapshotAreTheVersionEverywhere() throws IOException, InterruptedException {
        for (String version : List.of(NOT_YET_IN_USE, NOT_YET_IN_USE + "-SNAPSHOT", "0.2.0-SNAPSHOT")) {
            String before = Pom.in(made).version();
            Answer answer = run(made, "bin/set-version", version);
            assertEquals(new Answer(0, "bin/set-version: " + before + " is " + version + " now\n"), answer);
            assertEquals(version, Pom.in(made).version());
            assertEquals(List.of(), ReleaseRules.versions(made));
            assertTrue(Files.readString(made.resolve("docker/Dockerfile")).contains("ARG VERSION=" + version + "\n"));
        }
    }

    @Test
    void aFileThatIsNotNamedThereIsFound() throws IOException, InterruptedException {
        Files.writeString(
                made.resolve("forgotten.txt"), "the version is " + Pom.in(made).version() + "\n");
        run(made, GIT.orSkip().toString(), "add", "--all");
        Answer answer = run(made, "bin/set-version", NOT_YET_IN_USE);
        boolean snapshot = Pom.in(Reactor.root()).version().endsWith("-SNAPSHOT");
        assertEquals(snapshot ? 64 : 0, answer.code(), answer.text());
        assertEquals(snapshot, answer.text().contains("forgotten.txt:1:"), answer.text());
    }

    @Test
    void whatIsNoVersionIsRefused() throws IOException, InterruptedException {
        for (String wrong : List.of("1", "1.2", "v1.2.3", "1.2.3 ", Pom.in(made).version())) {
            assertEquals(64, run(made, "bin/set-version", wrong).code(), wrong);
        }
        assertEquals(Pom.in(Reactor.root()).version(), Pom.in(made).version());
    }

    private static Answer run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
