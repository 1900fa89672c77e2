package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused, and what is tried again. */
class FailureTest {
    private final MockWebServer server = new MockWebServer();
    private TestService llm;

    @BeforeEach
    void start() throws Exception {
        server.start();
        llm = TestService.at(server.url("/v1").uri(), Map.of());
    }

    @AfterEach
    void stop() {
        llm.close();
        server.close();
    }

    private LLMException refusal(int status, String body) {
        int before = server.getRequestCount();
        server.enqueue(Sse.status(status, body));
        LLMException e = llm.refused();
        assertEquals(before + 1, server.getRequestCount(), "not repeated");
        return e;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"no good\",\"type\":\"x\",\"code\":null}}",
                "{\"error\":\"no good\"}",
                "{\"detail\":\"no good\"}",
                "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"no good\"}]}",
                "{\"object\":\"error\",\"message\":\"no good\",\"code\":400}",
                "[{\"error\":{\"message\":\"no good\"}}]",
                "<html><head><title>400</title></head><body><p>no <b>good</b></p></body></html>",
                "<html><head><title>no good</title></head></html>",
                "no\u001b\r\n good"
            })
    void quotesWhatTheServerSays(String body) {
        LLMException e = refusal(400, body);

        assertEquals(Reason.REJECTED, e.reason());
        assertTrue(e.getMessage().contains("answered 400 \"no good\""), e.getMessage());
        assertTrue(e.getMessage().contains(server.url("/v1").toString()), e.getMessage());
    }

    @Test
    void quotesAtMostALine() {
        assertTrue(refusal(400, "x".repeat(1_000_000)).getMessage().length() < 500);
    }

    @Test
    void aBadKeyNamesItsSetting() {
        LLMException e = refusal(401, "{\"error\":{\"message\":\"Invalid API Key\"}}");

        assertEquals(Reason.REJECTED, e.reason());
        assertTrue(e.getMessage().contains("it wants a key: set LLAMA_API_KEY"), e.getMessage());
        assertEquals(Reason.REJECTED, refusal(403, "").reason());
    }

    @Test
    void notFoundNamesBothSuspects() {
        LLMException e = refusal(404, "{\"error\":{\"message\":\"model \\\"test-model\\\" not found\"}}");

        assertEquals(Reason.REJECTED, e.reason());
        assertTrue(e.getMessage().contains("LLAMA_API_URL_OVERRIDE"), e.getMessage());
        assertTrue(e.getMessage().contains("LLM_MODEL"), e.getMessage());
    }

    @Test
    void knowsOverflowsByTheirManyNames() {
        for (String error : List.of(
                "{\"code\":400,\"message\":\"the request exceeds the available context size. try increasing it\","
                        + "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":9,\"n_ctx\":8}",
                "{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}",
                "{\"message\":\"This model's maximum context length is 4096 tokens. However, you requested 5000\"}",
                "{\"message\":\"The decoder prompt (length 9) is longer than the maximum model length of 8\"}",
                "{\"message\":\"Please reduce the length of the messages or completion.\"}")) {
            assertEquals(
                    Reason.CONTEXT_OVERFLOW,
                    refusal(400, "{\"error\":" + error + "}").reason(),
                    error);
        }
        assertEquals(
                Reason.CONTEXT_OVERFLOW,
                refusal(500, "the request exceeds the available context size").reason());
        assertEquals(Reason.CONTEXT_OVERFLOW, refusal(413, "").reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void triesAgainAndAnswers(int status) throws Exception {
        server.enqueue(Sse.status(status, "{\"error\":{\"message\":\"Loading model\"}}"));
        server.enqueue(Sse.status(status, "<html>Bad gateway</html>"));
        server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP));

        assertEquals("x", llm.ask().text());
        assertEquals(List.of(Duration.ofMillis(500), Duration.ofMillis(1000)), llm.waits);
        assertEquals(3, llm.frames.size());
    }

    @Test
    void givesUp() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(Sse.status(503, "{\"error\":{\"message\":\"Loading model\"}}"));
        }

        LLMException e = llm.refused();
        assertEquals(Reason.UNAVAILABLE, e.reason());
        assertTrue(e.getMessage().contains("\"Loading model\""), e.getMessage());
        assertTrue(e.getMessage().contains("3 attempts"), e.getMessage());
        assertEquals(3, server.getRequestCount());
    }

    @Test
    void doesNotTryAgainIfToldSo() throws Exception {
        try (TestService once = TestService.at(server.url("/v1").uri(), Map.of("llm_retries", "0"))) {
            server.enqueue(Sse.status(503, ""));
            assertEquals(Reason.UNAVAILABLE, once.refused().reason());
        }
        assertEquals(1, server.getRequestCount());
    }

    private void busy(String retryAfter) {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", retryAfter)
                .build());
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws Exception {
        busy("7");
        busy("Sun, 22 Nov 2026 12:00:09 GMT");
        server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP));

        assertEquals("x", llm.ask().text());
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(9)), llm.waits);
    }

    @Test
    void aWaitThatIsOverOrUnreadableIsItsOwn() throws Exception {
        busy("Sun, 22 Nov 2026 11:00:00 GMT");
        busy("soon");
        server.enqueue(Sse.stream(Sse.text("x"), Sse.STOP));

        assertEquals("x", llm.ask().text());
        assertEquals(List.of(Duration.ofMillis(500), Duration.ofMillis(1000)), llm.waits);
    }

    @Test
    void doesNotWaitLongerThanAllowed() {
        busy("31");

        assertEquals(Reason.UNAVAILABLE, llm.refused().reason());
        assertEquals(List.of(), llm.waits);
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void anEmptyAccountIsNotAskedAgain() {
        LLMException e =
                refusal(429, "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}");

        assertEquals(Reason.REJECTED, e.reason());
    }

    @Test
    void aConnectionThatIsClosedBeforeTheAnswerIsNotRepeated() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());

        assertEquals(Reason.UNAVAILABLE, llm.refused().reason());
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void aKeptConnectionThatWasDeadIsReplaced() throws Exception {
        try (RawServer raw = new RawServer(peer -> {
                    peer.readRequest();
                    String body = Sse.text("x") + Sse.STOP + Sse.DONE;
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                    peer.readRequest(); // and is gone without a word
                });
                TestService kept = TestService.at(raw.base(), Map.of())) {
            kept.ask();
            assertEquals("x", kept.ask().text());
            assertEquals(2, raw.connections.get());
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (TestService nobody = TestService.at(URI.create("http://127.0.0.1:" + port), Map.of())) {
            LLMException e = nobody.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("http://127.0.0.1:" + port + "/v1"), e.getMessage());
            assertTrue(e.getMessage().contains("Connection refused"), e.getMessage());
            assertTrue(e.getMessage().contains("LLAMA_API_URL_OVERRIDE"), e.getMessage());
            assertEquals(2, nobody.waits.size());
        }
    }

    @Test
    void plainTextWhereTlsIsExpected() throws Exception {
        // MockWebServer would wait for more where the bytes of the handshake happen to look like the first line of a
        // request.
        try (RawServer plain =
                        new RawServer(peer -> peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
                TestService tls =
                        TestService.at(URI.create(plain.base().toString().replace("http", "https")), Map.of())) {
            LLMException e = tls.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("TLS"), e.getMessage());
        }
    }

    @Test
    void noHttpAtAll() throws IOException, Exception {
        try (RawServer ssh = new RawServer(peer -> {
                    peer.send("SSH-2.0-OpenSSH_9.2\r\n");
                    peer.hang();
                });
                TestService wrong = TestService.at(ssh.base(), Map.of())) {
            LLMException e = wrong.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("SSH-2.0"), e.getMessage());
        }
    }

    @Test
    void noMessageHasAStackTraceOrAnEmptyQuotation() {
        for (int status : List.of(300, 304, 400, 402, 405, 408, 409, 410, 418, 422, 451)) {
            String message = refusal(status, "").getMessage();
            assertTrue(message.contains(String.valueOf(status)), message);
            assertFalse(message.contains("\"\"") || message.contains("Exception"), message);
        }
    }
}
