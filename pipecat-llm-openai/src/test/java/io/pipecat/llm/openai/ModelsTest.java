package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.json.Json;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which model is asked for, and what the server says of it. */
class ModelsTest {
    private static final Map<String, String> NO_MODEL = Map.of("llm_model", "");
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestService at(Map<String, String> settings) throws Exception {
        return TestService.at(server.url("/v1").uri(), settings);
    }

    private String nextModel() throws Exception {
        RecordedRequest request = server.takeRequest();
        assertEquals("/v1/chat/completions", request.getTarget());
        return Json.parseObject(Objects.requireNonNull(request.getBody()).utf8())
                .string("model")
                .orElseThrow();
    }

    @Test
    void asksForTheOneThatIsSet() throws Exception {
        try (TestService llm = at(Map.of())) {
            server.enqueue(Sse.stream(Sse.STOP));
            llm.ask();
            assertEquals("test-model", nextModel());
            assertTrue(llm.service.description().startsWith("test-model at http://"), llm.service.description());
        }
    }

    @Test
    void asksTheServerOnceForItsFirst() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"pipecat\"},{\"id\":\"qwen\"},{\"id\":\"llama\"}]}"));
            server.enqueue(Sse.stream(Sse.STOP));
            server.enqueue(Sse.stream(Sse.STOP));
            llm.ask();
            llm.ask();

            assertEquals("/v1/models", server.takeRequest().getTarget());
            assertEquals("qwen", nextModel());
            assertEquals("qwen", nextModel());
        }
    }

    @Test
    void asksAgainAfterTheModelIsGone() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"old\"}]}"));
            server.enqueue(Sse.status(404, "{\"error\":\"model not found\"}"));
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"new\"}]}"));
            server.enqueue(Sse.stream(Sse.STOP));

            assertEquals(Reason.REJECTED, llm.refused().reason());
            llm.ask();
            server.takeRequest();
            assertEquals("old", nextModel());
            server.takeRequest();
            assertEquals("new", nextModel());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"data\":[]}", "{}", "[]", "<html>", "", "{\"data\":[{\"id\":\"pipecat\"}]}", "{\"data\":null}"
            })
    void goesOnWithoutAList(String list) throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(200, list));
            server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP));

            assertEquals("x", llm.ask().text());
            server.takeRequest();
            assertEquals("default", nextModel());
        }
    }

    @Test
    void learnsTheContextFromTheList() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            assertEquals(8192, llm.service.contextTokens());
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"m\",\"max_model_len\":32768}]}"));

            llm.service.check();

            assertEquals(32768, llm.service.contextTokens());
        }
    }

    @Test
    void anAnswerTeachesTheContextToo() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(
                    200,
                    "{\"data\":[{\"id\":\"pipecat\",\"max_model_len\":1},{\"id\":\"m\",\"max_model_len\":32768}]}"));
            server.enqueue(Sse.stream(Sse.STOP));

            llm.ask();

            assertEquals(32768, llm.service.contextTokens());
        }
    }

    @Test
    void anAnswerTeachesTheContextOfLlamaServer() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(
                    Sse.status(200, "{\"data\":[{\"id\":\"m\",\"meta\":{\"n_ctx_train\":131072,\"n_ctx\":16384}}]}"));
            server.enqueue(Sse.stream(Sse.STOP));

            llm.ask();

            assertEquals(16384, llm.service.contextTokens());
        }
    }

    @Test
    void aSettingCountsMoreThanWhatAnAnswerTeaches() throws Exception {
        try (TestService llm = at(Map.of("llm_model", "", "llm_context_tokens", "1000"))) {
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"m\",\"max_model_len\":32768}]}"));
            server.enqueue(Sse.stream(Sse.STOP));

            llm.ask();

            assertEquals(1000, llm.service.contextTokens());
        }
    }

    @Test
    void aServerWithoutAListIsNotAskedAgainForAWhile() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(404, "Not found"));
            server.enqueue(Sse.stream(Sse.STOP));
            server.enqueue(Sse.stream(Sse.STOP));
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"new\"}]}"));
            server.enqueue(Sse.stream(Sse.STOP));

            llm.ask();
            llm.ask();
            llm.node.pass(Models.WITHOUT_LIST);
            llm.ask();

            server.takeRequest();
            assertEquals("default", nextModel());
            assertEquals("default", nextModel());
            server.takeRequest();
            assertEquals("new", nextModel());
        }
    }

    @Test
    void aServerThatWasAwayIsAskedAgainAtOnce() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(503, "{\"error\":{\"message\":\"Loading model\"}}"));
            server.enqueue(Sse.stream(Sse.STOP));
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"loaded\"}]}"));
            server.enqueue(Sse.stream(Sse.STOP));

            llm.ask();
            llm.ask();

            server.takeRequest();
            assertEquals("default", nextModel());
            server.takeRequest();
            assertEquals("loaded", nextModel());
        }
    }

    @Test
    void learnsTheContextFromLlamaServer() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"m\",\"meta\":{\"n_ctx_train\":131072}}]}"));
            server.enqueue(Sse.status(200, "{\"default_generation_settings\":{\"n_ctx\":4096}}"));

            llm.service.check();

            assertEquals(4096, llm.service.contextTokens());
            server.takeRequest();
            assertEquals("/props", server.takeRequest().getTarget());
        }
    }

    @Test
    void aSettingCountsMoreThanTheServer() throws Exception {
        try (TestService llm = at(Map.of("llm_context_tokens", "1000"))) {
            server.enqueue(Sse.status(200, "{\"data\":[{\"id\":\"test-model\",\"max_model_len\":32768}]}"));

            llm.service.check();

            assertEquals(1000, llm.service.contextTokens());
        }
    }

    @Test
    void aServerThatSaysNothingOfItsContextIsFine() throws Exception {
        try (TestService llm = at(NO_MODEL)) {
            server.enqueue(Sse.status(200, "{\"data\":[]}"));
            server.enqueue(Sse.status(404, ""));

            llm.service.check();

            assertEquals(8192, llm.service.contextTokens());
        }
    }

    @Test
    void checkTellsWhatIsWrong() throws Exception {
        try (TestService llm = at(Map.of("llama_api_key", "k"))) {
            server.enqueue(Sse.status(401, ""));
            server.enqueue(Sse.status(404, "Not found"));
            server.enqueue(Sse.status(200, "<html>Welcome</html>"));
            server.enqueue(Sse.status(503, "{\"error\":{\"message\":\"Loading model\"}}"));

            for (Reason reason : new Reason[] {Reason.REJECTED, Reason.REJECTED, Reason.PROTOCOL, Reason.UNAVAILABLE}) {
                assertEquals(
                        reason,
                        assertThrows(LLMException.class, llm.service::check).reason());
            }
            assertEquals(4, server.getRequestCount(), "a check does not try again");
        }
    }

    @Test
    @Timeout(60)
    void checkDoesNotHang() throws Exception {
        try (RawServer silent = new RawServer(RawServer.Peer::hang);
                TestService llm = TestService.at(silent.base(), Map.of("llm_first_token_timeout", "200ms"))) {
            assertEquals(
                    Reason.TIMEOUT,
                    assertThrows(LLMException.class, llm.service::check).reason());
            assertTrue(silent.awaitPeerGone());
        }
    }
}
