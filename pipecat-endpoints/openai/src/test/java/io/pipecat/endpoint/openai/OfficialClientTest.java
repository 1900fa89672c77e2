package io.pipecat.endpoint.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.api.json.JsonObject;
import io.pipecat.testkit.RequiredPart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official OpenAI client for JavaScript against {@code /v1}, on the server that nodes have. */
class OfficialClientTest {
    private static final RequiredPart NODE = RequiredPart.of("node", "Debian package nodejs");
    private static final RequiredPart CLIENT = RequiredPart.file(
            root().resolve("target/openai-parts/node_modules/openai"), "bin/openai-parts installs it");

    @TempDir
    private Path state;

    @Test
    @Timeout(120)
    void itDoesAllThatItCan() throws Exception {
        Path node = NODE.orSkip();
        Path client = CLIENT.orSkip();
        try (Served served = new Served(state, Map.of("llama_api_key", "k-1"))) {
            JsonObject seen = run(
                    node,
                    served.listener.address().resolve("/v1").toString(),
                    client.getParent().getParent());
            assertEquals(
                    "[\"scripted\",\"pipecat\"]",
                    seen.array("models").orElseThrow().toString());
            assertEquals(Optional.of("You said: hello"), seen.string("whole"));
            assertEquals(Optional.of("You said: hello"), seen.string("streamed"));
            assertEquals(14, seen.number("tokens").orElseThrow().toInt());
            assertEquals(14, seen.number("streamedTokens").orElseThrow().toInt());
            assertEquals(
                    List.of("{\"a\":1}", "{\"a\":2}"),
                    seen.array("calls").orElseThrow().strings().toList());
            assertEquals(Optional.of("BadRequestError 400 unsupported_value"), seen.string("badRequest"));
            assertEquals(Optional.of("BadRequestError 400 context_length_exceeded"), seen.string("overflow"));
            assertEquals(Optional.of("InternalServerError 503"), seen.string("away"));
            assertEquals(Optional.of("APIError"), seen.string("broken"));
            assertEquals(Optional.of("so far"), seen.string("beforeItBroke"));
            assertEquals(Optional.of("AuthenticationError 401 invalid_api_key"), seen.string("wrongKey"));
            assertEquals(Optional.of("You said: hello"), seen.string("afterAbort"));
        }
    }

    private static JsonObject run(Path node, String url, Path folder) throws Exception {
        Path script = Path.of(
                OfficialClientTest.class.getResource("/official-client.mjs").toURI());
        Process client = new ProcessBuilder(node.toString(), script.toString(), url, "k-1", folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var out = client.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, client.waitFor(), text);
            return Served.json(text.strip());
        } finally {
            client.destroyForcibly();
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new AssertionError("the tests run outside the project");
        }
        return folder;
    }
}
