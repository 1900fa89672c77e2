package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./pipecat} does without a command. */
class WebNodeTest {
    @TempDir
    private Path folder;

    private static final class Running implements AutoCloseable {
        private final Process process;
        private final URI address;

        Running(Pipecat pipecat) throws IOException {
            process = pipecat.command().redirectErrorStream(true).start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.startsWith("pipecat is ready: ")) {
                line = out.readLine();
            }
            assertTrue(line != null, "it ended before it was ready");
            address = URI.create(line.substring(line.indexOf("http")));
        }

        String send(HttpRequest.Builder request) throws Exception {
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                assertTrue(answer.statusCode() < 300, answer.body());
                return answer.body();
            }
        }

        String get(String path) throws Exception {
            return send(HttpRequest.newBuilder(address.resolve(path)));
        }

        String post(String path, String body) throws Exception {
            return send(HttpRequest.newBuilder(address.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        int stop() throws InterruptedException {
            process.toHandle().destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGTERM did not end it");
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void startsANodeWhoseConversationsOutliveIt() throws Exception {
        Pipecat pipecat = new Pipecat(folder).with("WEB_PORT", "0");
        try (Running node = new Running(pipecat)) {
            assertTrue(node.get("/").contains("<html"));
            String turn = node.post("/api/chat", "{\"text\":\"What is 17 * 23?\"}");
            assertTrue(turn.contains("391") && turn.contains("\"finish\":\"completed\""), turn);
            assertEquals(143, node.stop());
        }
        Path backup = folder.resolve("backup.zip");
        assertEquals(0, pipecat.run("backup", backup.toString()).code());
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            assertTrue(zip.stream().anyMatch(entry -> entry.getName().startsWith("conversations/")));
        }
        try (Running node = new Running(pipecat)) {
            assertTrue(node.get("/api/conversations?query=391").contains("What is 17 * 23?"));
        }
        assertTrue(Files.isDirectory(pipecat.stateDir().resolve("conversations")));
    }

    @Test
    void aPortThatIsTakenIsToldByItsSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Pipecat.Result result = new Pipecat(folder)
                    .with("WEB_PORT", String.valueOf(taken.getLocalPort()))
                    .run();
            assertTrue(result.isPlainFailure(3) && result.err().contains("WEB_PORT"), result.err());
        }
    }

    @Test
    void withoutTheJarItTalksInTheTerminal() throws Exception {
        Pipecat pipecat = new Pipecat(folder).typing("What is 17 * 23?\n");
        Path jars = pipecat.ownJars(folder.resolve("jars"));
        try (var all = Files.list(jars)) {
            Files.delete(all.filter(jar -> jar.getFileName().toString().startsWith("pipecat-endpoint-web-"))
                    .findFirst()
                    .orElseThrow());
        }
        Pipecat.Result result = pipecat.run();
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("391"), result.out());
    }
}
