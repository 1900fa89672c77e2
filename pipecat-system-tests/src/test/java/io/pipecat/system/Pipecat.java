package io.pipecat.system;

import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts {@code ./pipecat} with the jars that the build has made, in an environment that holds nothing of the tester's. */
final class Pipecat {
    static final Path ROOT = findRoot();
    private static final Path LIB = ROOT.resolve("pipecat-dist/target/lib");
    /** For whatever has no deadline of its own. */
    private static final Duration USUAL = Duration.ofSeconds(30);
    /** Generous: the machine may have much else to do. */
    private static final Duration START = Duration.ofSeconds(90);

    private final Path stateDir;
    private final Path workingDir;
    private final Map<String, String> environment = new HashMap<>();
    private List<String> wrapper = List.of();
    private Path lib = LIB;
    private Path program = ROOT.resolve("pipecat");
    private String input = "";
    private Duration limit = START.plus(USUAL);

    /** What came out. */
    record Result(int code, String out, String err) {
        /** A failure is one or more sentences for a person, never a stack trace. */
        boolean isPlainFailure(int expected) {
            return code == expected && !err.isBlank() && !err.contains("\tat ") && !err.contains("Exception in thread");
        }
    }

    Pipecat(Path folder) throws IOException {
        RequiredPart.that(
                        "the jars of pipecat-dist", "run ./mvnw verify, which makes them", () -> Files.isDirectory(LIB))
                .orSkip();
        this.stateDir = Files.createDirectories(folder.resolve("state"));
        this.workingDir = Files.createDirectories(folder.resolve("work"));
    }

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("pipecat"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    Path stateDir() {
        return stateDir;
    }

    Path workingDir() {
        return workingDir;
    }

    Pipecat with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Pipecat typing(String text) {
        input = text;
        return this;
    }

    /** Is not waited for longer than a start takes and then its own deadlines, together this long. */
    Pipecat within(Duration deadlines) {
        limit = START.plus(deadlines);
        return this;
    }

    /** Starts this instead of the checkout's own script. */
    Pipecat program(Path script) {
        program = script;
        return this;
    }

    /** Copies the jars, so that a test can take some away or add some. */
    Path ownJars(Path target) throws IOException {
        Files.createDirectories(target);
        try (var jars = Files.list(LIB)) {
            for (Path jar : jars.toList()) {
                Files.createLink(target.resolve(jar.getFileName()), jar);
            }
        }
        lib = target;
        return target;
    }

    /** Runs it in a network namespace of its own: there is no way out, and not even loopback. */
    Pipecat withoutNetwork() {
        RequiredPart.of("unshare", "Debian package util-linux").orSkip();
        RequiredPart.that("the right to make a network namespace", "run the tests as root", Pipecat::canUnshare)
                .orSkip();
        wrapper = List.of("unshare", "-n");
        return this;
    }

    private static boolean canUnshare() {
        try {
            return new ProcessBuilder("unshare", "-n", "true").start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    ProcessBuilder command(String... args) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(program.toString());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDir.toFile());
        Map<String, String> variables = builder.environment();
        String path = variables.getOrDefault("PATH", "");
        variables.clear();
        variables.put("PATH", path);
        variables.put("HOME", stateDir.toString());
        variables.put("LANG", "C.UTF-8");
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("PIPECAT_LIB", lib.toString());
        variables.put("STATE_DIR", stateDir.toString());
        variables.putAll(environment);
        return builder;
    }

    Result run(String... args) throws IOException, InterruptedException {
        Process process = command(args).start();
        try {
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "pipecat " + String.join(" ", args) + " did not end within " + limit + ": " + err.getNow(""));
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } finally {
            process.destroyForcibly();
        }
    }

    static CompletableFuture<String> read(InputStream in) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (in) {
                text.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }
}
