package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that cannot answer: each a clear sentence, a code that a script can use, and no stack trace. */
class BadModelTest {
    @TempDir
    private Path folder;

    private Pipecat pipecat;

    @BeforeEach
    void start() throws Exception {
        // Without a model's name the list of models would be asked for first.
        pipecat = new Pipecat(folder).with("LLM_MODEL", "any");
    }

    private void assertFails(int code, String... words) throws Exception {
        Pipecat.Result result = pipecat.run("ask", "Hello");
        assertTrue(result.isPlainFailure(code), result.code() + ": " + result.err());
        Arrays.stream(words).forEach(word -> assertTrue(result.err().contains(word), result.err()));
    }

    private void assertFileFails(Path model, String... words) throws Exception {
        pipecat.with("LOCAL_LLM_MODEL_PATH", model.toString());
        assertFails(3, words);
    }

    @Test
    void missingFile() throws Exception {
        assertFileFails(folder.resolve("none.gguf"), "none.gguf", "local_llm_model_path");
    }

    @Test
    void textFile() throws Exception {
        assertFileFails(Files.writeString(folder.resolve("text.gguf"), "Dear model, please answer."), "text.gguf");
    }

    @Test
    void directory() throws Exception {
        assertFileFails(Files.createDirectories(folder.resolve("dir.gguf")), "dir.gguf", "directory");
    }

    @Test
    void truncatedFile() throws Exception {
        Path unpacked = unpackedBuiltIn();
        byte[] bytes = Files.readAllBytes(unpacked);
        Path half = Files.write(folder.resolve("half.gguf"), Arrays.copyOf(bytes, bytes.length / 2));
        assertFileFails(half, "half.gguf");
    }

    private Path unpackedBuiltIn() throws Exception {
        pipecat.run("topology");
        try (var files = Files.list(pipecat.stateDir().resolve("models"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void endpointThatRefuses() throws Exception {
        pipecat.with("LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:9");
        assertFails(4, "http://127.0.0.1:9/v1");
    }

    @Test
    void endpointThatHangs() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            for (int i = 0; i < 5; i++) {
                server.enqueue(new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
            }
            server.start();
            pipecat.with("LLAMA_API_URL_OVERRIDE", server.url("/v1").toString()).with("LLM_FIRST_TOKEN_TIMEOUT", "1s");
            assertFails(4, String.valueOf(server.getPort()));
        }
    }

    @Test
    void endpointThatAnswersHtml() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            for (int i = 0; i < 5; i++) {
                server.enqueue(new MockResponse.Builder()
                        .setHeader("Content-Type", "text/html")
                        .body("<html><body>Welcome to the router</body></html>")
                        .build());
            }
            server.start();
            pipecat.with("LLAMA_API_URL_OVERRIDE", server.url("/v1").toString());
            assertFails(1, String.valueOf(server.getPort()));
        }
    }

    @Test
    void endpointThatStopsInTheMiddle() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            String half = "data: {\"choices\":[{\"delta\":{\"content\":\"Half an ans\"}}]}\n\n";
            server.enqueue(new MockResponse.Builder()
                    .setHeader("Content-Type", "text/event-stream")
                    .chunkedBody(half, half.getBytes(StandardCharsets.UTF_8).length)
                    .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                    .build());
            server.start();
            pipecat.with("LLAMA_API_URL_OVERRIDE", server.url("/v1").toString());
            Pipecat.Result result = pipecat.run("ask", "Hello");
            assertTrue(result.isPlainFailure(1), result.code() + ": " + result.err());
            assertTrue(result.out().startsWith("Half an ans"), result.out());
        }
    }
}
