package io.pipecat.documentation;

import io.pipecat.testkit.RequiredPart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the checkout in which the blocks of one document are run, one after another: with the jars and the archives that the build has
 * made, a state folder of its own, and a network of its own in which every host of the documents is this machine.
 */
final class Sandbox implements AutoCloseable {
    private static final Path LIB = Checkout.ROOT.resolve("pipecat-dist/target/lib");
    private static final Path RUNTIMES = Checkout.ROOT.resolve("pipecat-dist/runtimes/target");
    private static final long DEADLINE_SECONDS = 300;
    private static final String HOSTS = "127.0.0.1 localhost core broker house router homeassistant.local\n";
    /** Stands where a document says {@code …}. */
    private static final String ANYTHING = "a-secret";

    private final Path folder;
    private final Path checkout;
    private final Path lib;
    private final List<Path> links = new ArrayList<>();

    /**
     * What came of a block.
     *
     * @param code its exit code
     * @param output what it wrote, both streams
     * @param served whether it wrote what it was waited for
     */
    record Result(int code, String output, boolean served) {}

    Sandbox(Path folder, List<Path> files) throws IOException {
        RequiredPart.that(
                        "the jars of pipecat-dist", "run ./mvnw verify, which makes them", () -> Files.isDirectory(LIB))
                .orSkip();
        for (String program : List.of("unshare", "nsenter")) {
            RequiredPart.of(program, "Debian package util-linux").orSkip();
        }
        RequiredPart.of("ip", "Debian package iproute2").orSkip();
        for (String program : List.of("curl", "openssl", "consul")) {
            RequiredPart.of(program, "Debian package " + program).orSkip();
        }
        RequiredPart.that("the right to make a network namespace", "run the tests as root", Sandbox::mayUnshare)
                .orSkip();
        this.folder = folder;
        this.checkout = folder.resolve("checkout");
        for (Path file : files) {
            Path copy = checkout.resolve(Checkout.ROOT.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        this.lib = checkout.resolve("pipecat-dist/target/quick/lib");
        Files.createDirectories(lib.getParent());
        link(lib, LIB);
        if (Files.isDirectory(RUNTIMES)) {
            linkArchives();
        }
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Files.createSymbolicLink(programs.resolve("pipecat"), checkout.resolve("pipecat"));
        Path home = Files.createDirectory(folder.resolve("home"));
        // So that a document may leave out what would make its commands harder to read.
        Files.writeString(home.resolve(".curlrc"), "fail\n");
        Files.writeString(folder.resolve("hosts"), HOSTS);
    }

    private void link(Path link, Path built) throws IOException {
        Files.createSymbolicLink(link, built);
        links.add(link);
    }

    private void linkArchives() throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(RUNTIMES, "*.tar.gz")) {
            for (Path archive : archives) {
                link(checkout.resolve(archive.getFileName()), archive);
            }
        }
    }

    private static boolean mayUnshare() {
        try {
            return new ProcessBuilder("unshare", "-n", "-m", "true").start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes out of it what the build made, which is not the test's to delete. */
    @Override
    public void close() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    void write(String name, String text) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Result run(Mark.Run mark, String commands) throws IOException, InterruptedException {
        if (mark.beside().isEmpty()) {
            return run(apart(), mark.ready(), commands);
        }
        Mark.Beside beside = mark.beside().get();
        Process neighbour = start(apart(), "exec " + shell(beside.command()));
        try {
            Output output = new Output(neighbour);
            if (!output.wrote(beside.ready())) {
                return new Result(-1, beside.command() + " did not begin to serve:\n" + output.text(), false);
            }
            String pid = String.valueOf(neighbour.pid());
            return run(List.of("nsenter", "-t", pid, "-n", "-m", "--wd=" + checkout, "--"), mark.ready(), commands);
        } finally {
            end(neighbour);
        }
    }

    private Result run(List<String> wrapper, String ready, String commands) throws IOException, InterruptedException {
        Process process = start(wrapper, commands);
        try {
            Output output = new Output(process);
            boolean served = !ready.isEmpty() && output.wrote(ready);
            if (served) {
                end(process);
            }
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                return new Result(-1, "it did not end within " + DEADLINE_SECONDS + " s:\n" + output.text(), false);
            }
            return new Result(process.exitValue(), output.text(), served);
        } finally {
            end(process);
        }
    }

    private List<String> apart() {
        String enter = "ip link set lo up && mount --bind " + folder.resolve("hosts") + " /etc/hosts"
                + " && mount -t tmpfs tmpfs /run && mkdir /run/secrets"
                + " && for each in openai ha tools; do echo " + ANYTHING + " > /run/secrets/$each; done"
                + " && exec \"$@\"";
        return List.of("unshare", "-n", "-m", "--", "bash", "-c", enter, "enter");
    }

    private static String shell(String command) {
        return "bash -c '" + command.replace("'", "'\\''") + "'";
    }

    private Process start(List<String> wrapper, String commands) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of("bash", "-e", "-o", "pipefail", "-c", commands.replace("…", ANYTHING)));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        Path java = Path.of(System.getProperty("java.home"));
        environment.clear();
        environment.put(
                "PATH", folder.resolve("programs") + ":" + java.resolve("bin") + ":" + path + ":/usr/sbin:/sbin");
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("JAVA_HOME", java.toString());
        environment.put("PIPECAT_LIB", lib.toString());
        environment.put("STATE_DIR", folder.resolve("state").toString());
        environment.put("KEY", ANYTHING);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** As Ctrl-C in a terminal does it: all that the commands have started. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        for (ProcessHandle each : all) {
            each.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    /** What a process writes, while it does. */
    private static final class Output {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private String awaited = "";
        private CompletableFuture<Boolean> found = new CompletableFuture<>();

        Output(Process process) {
            Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
        }

        private void read(BufferedReader reader) {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                add("what it wrote cannot be read: " + e);
            }
            synchronized (this) {
                found.complete(false);
            }
            ended.complete(null);
        }

        private synchronized void add(String line) {
            text.append(line).append('\n');
            if (!awaited.isEmpty() && text.indexOf(awaited) >= 0) {
                found.complete(true);
            }
        }

        /** Waits until it has written this; false if it ended before. */
        boolean wrote(String words) {
            CompletableFuture<Boolean> answer;
            synchronized (this) {
                awaited = words;
                if (text.indexOf(words) >= 0) {
                    return true;
                }
                if (ended.isDone()) {
                    return false;
                }
                answer = found;
            }
            return answer.completeOnTimeout(false, DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }

        String text() {
            ended.completeOnTimeout(null, DEADLINE_SECONDS, TimeUnit.SECONDS).join();
            synchronized (this) {
                return text.toString();
            }
        }
    }
}
