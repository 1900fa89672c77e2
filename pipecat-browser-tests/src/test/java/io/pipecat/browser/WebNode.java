package io.pipecat.browser;

import io.pipecat.testkit.RequiredPart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node with a web UI, as a process. It can be stopped and started again at the same address, with what it has stored. */
final class WebNode implements AutoCloseable {
    static final Path ROOT = findRoot();
    private static final Path LIB = ROOT.resolve("pipecat-dist/target/lib");
    private static final long SECONDS_TO_END = 30;

    private final Path stateDir;
    private final Path workingDir;
    private final Map<String, String> environment = new HashMap<>();
    private String url = "";
    private Process process;

    WebNode(Path folder) throws IOException {
        RequiredPart.that(
                        "a node with a web UI",
                        "run ./mvnw verify, which makes pipecat-dist/target/lib with pipecat-endpoint-web in it",
                        WebNode::hasWeb)
                .orSkip();
        stateDir = Files.createDirectories(folder.resolve("state"));
        workingDir = Files.createDirectories(folder.resolve("work"));
        with("SERVE", "web").with("WEB_PORT", "0");
    }

    private static boolean hasWeb() {
        if (!Files.isDirectory(LIB)) {
            return false;
        }
        try (var jars = Files.list(LIB)) {
            return jars.anyMatch(jar -> jar.getFileName().toString().startsWith("pipecat-endpoint-web-"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("pipecat"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    WebNode with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path workingDir() {
        return workingDir;
    }

    /** Its address, with a slash at the end. */
    String url() {
        return url;
    }

    WebNode start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ROOT.resolve("pipecat").toString(), "serve")
                .directory(workingDir.toFile())
                .redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        String path = variables.getOrDefault("PATH", "");
        variables.clear();
        variables.put("PATH", path);
        variables.put("HOME", stateDir.toString());
        variables.put("LANG", "C.UTF-8");
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("PIPECAT_LIB", LIB.toString());
        variables.put("STATE_DIR", stateDir.toString());
        variables.putAll(environment);
        process = builder.start();
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String address = "";
        String line = log.readLine();
        while (line != null && !line.contains("Ready")) {
            said.append(line).append('\n');
            int at = line.indexOf("Listening on ");
            address = at < 0
                    ? address
                    : line.substring(at + "Listening on ".length()).strip();
            line = log.readLine();
        }
        if (line == null || !address.startsWith("http://")) {
            close();
            throw new AssertionError("the node ended, or has no web listener: " + said);
        }
        url = address + "/";
        // Where it was before, so that a tab that waits for it finds it.
        with("WEB_PORT", Integer.toString(URI.create(address).getPort()));
        // A full pipe would stop it.
        Thread.ofVirtual().start(() -> log.lines().forEach(each -> {}));
        return this;
    }

    /** Ends it in the orderly way. */
    void stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            throw new AssertionError("the node did not end");
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
