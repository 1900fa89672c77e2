package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A language model on another node, and what a script gets of its answers. */
class RemoteModelTest {
    private static final String PREAMBLE_AND_CALL = """
            data: {"choices":[{"delta":{"content":"Let me look."}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"calculator__evaluate","arguments":"{\\"expression\\":\\"17*23\\"}"}}]}}]}

            data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]

            """;

    @TempDir
    private Path folder;

    private final MockWebServer server = new MockWebServer();
    private Pipecat pipecat;

    @BeforeEach
    void start() throws Exception {
        server.start();
        pipecat = new Pipecat(folder)
                .with("LLAMA_API_URL_OVERRIDE", server.url("/v1").toString())
                .with("LLM_MODEL", "any");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void enqueue(String events) {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body(events)
                .build());
    }

    private static String answer(String text) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: [DONE]\n\n";
    }

    @Test
    void scriptGetsTheAnswerAndNotWhatWasSaidOnTheWay() throws Exception {
        enqueue(PREAMBLE_AND_CALL);
        enqueue(answer("It is 391."));
        Pipecat.Result result = pipecat.run("ask", "What is 17 * 23?");
        assertEquals("It is 391.\n", result.out(), result.err());
        server.takeRequest();
        String second = String.valueOf(server.takeRequest().getBody().utf8());
        assertTrue(second.contains("\"role\":\"tool\"") && second.contains("391"), second);
    }

    @Test
    void pipeGetsEachSayingOnALineOfItsOwn() throws Exception {
        enqueue(PREAMBLE_AND_CALL);
        enqueue(answer("It is 391."));
        Pipecat.Result result = pipecat.typing("What is 17 * 23?\n").run("chat");
        assertEquals("Let me look.\nIt is 391.\n", result.out(), result.err());
    }

    @Test
    void conversationGoesOnAfterAnErrorAndLosesNothing() throws Exception {
        enqueue(answer("First."));
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body("{\"error\":{\"message\":\"no\"}}")
                .build());
        enqueue(answer("Third."));
        Pipecat.Result result = pipecat.typing("one\ntwo\nthree\n").run("chat");
        assertEquals("First.\nThird.\n", result.out(), result.err());
        assertEquals(1, result.code(), result.err());
        server.takeRequest();
        server.takeRequest();
        String last = String.valueOf(server.takeRequest().getBody().utf8());
        assertTrue(last.contains("First.") && last.contains("three"), last);
    }
}
