package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node with a web listener, as a process. */
final class RunningNode implements AutoCloseable {
    static final String SUM = "What is 17 * 23?";
    private static final String READY = "pipecat is ready: ";

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();

    RunningNode(Pipecat pipecat) throws IOException {
        process = pipecat.command().redirectErrorStream(true).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            output.add(line);
            line = out.readLine();
        }
        assertTrue(line != null, "it ended before it was ready: " + output());
        address = URI.create(line.substring(line.indexOf("http")));
        // What nobody reads would fill the pipe, and the node would wait.
        Thread.ofVirtual().start(() -> out.lines().forEach(output::add));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String good(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request);
        assertTrue(answer.statusCode() < 300, answer.body());
        return answer.body();
    }

    String get(String path) throws IOException, InterruptedException {
        return good(request(path));
    }

    String post(String path, String body) throws IOException, InterruptedException {
        return good(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Says something in a conversation of its own; returns the events of the turn. */
    String say(String text) throws IOException, InterruptedException {
        return post("/api/chat", "{\"text\":\"" + text + "\"}");
    }

    /** Asks for {@link #SUM}, which takes its model, a tool and its disk. */
    void answers() throws IOException, InterruptedException {
        String turn = say(SUM);
        assertTrue(turn.contains("391") && turn.contains("\"finish\":\"completed\""), turn);
    }

    /** Returns whether one of its threads waits for a disk (state D of proc_pid_stat(5)). */
    boolean waitsForDisk() {
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        try (Stream<Path> each = Files.list(tasks)) {
            return each.anyMatch(task -> stat(task).matches("(?s).*\\) D .*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stat(Path task) {
        try {
            return Files.readString(task.resolve("stat"));
        } catch (IOException e) {
            // It has just ended.
            return "";
        }
    }

    /** Returns what it has written so far besides that it is ready. */
    String output() {
        return String.join("\n", output);
    }

    Process process() {
        return process;
    }

    int stop() throws InterruptedException {
        process.toHandle().destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "SIGTERM did not end it");
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        // Not one that waits for answers: whoever is to give them may hang.
        client.shutdownNow();
    }
}
