package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMFrame;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that says nothing is not waited for for ever. */
@Timeout(60)
class DeadlineTest {
    private static LLMException refusal(RawServer server, Map<String, String> settings) throws Exception {
        try (TestService llm = TestService.at(server.base(), settings)) {
            LLMException e = llm.refused();
            assertEquals(1, server.connections.get(), "a request that was sent is not repeated");
            assertTrue(server.awaitPeerGone(), "the connection is closed");
            return e;
        }
    }

    @Test
    void noHeaders() throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::hang)) {
            LLMException e = refusal(server, Map.of("llm_first_token_timeout", "200ms"));
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(e.getMessage().contains("LLM_FIRST_TOKEN_TIMEOUT"), e.getMessage());
        }
    }

    @Test
    void commentsAndARoleAreNoToken() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.readRequest();
            peer.send(RawServer.STREAM_HEAD);
            peer.chunk(": ping\n\n" + Sse.delta("{\"role\":\"assistant\",\"content\":\"\"}"));
            peer.hang();
        })) {
            LLMException e = refusal(server, Map.of("llm_first_token_timeout", "200ms", "llm_token_gap_timeout", "1h"));
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(e.getMessage().contains("did not begin to answer"), e.getMessage());
        }
    }

    @Test
    void aGap() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.readRequest();
            peer.send(RawServer.STREAM_HEAD);
            peer.chunk(Sse.text("half"));
            peer.hang();
        })) {
            LLMException e = refusal(server, Map.of("llm_first_token_timeout", "1h", "llm_token_gap_timeout", "200ms"));
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(e.getMessage().contains("LLM_TOKEN_GAP_TIMEOUT"), e.getMessage());
        }
    }

    @Test
    void aCompleteAnswerIsNotLostWhenTheServerHangsAfterIt() throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.readRequest();
                    peer.send(RawServer.STREAM_HEAD);
                    peer.chunk(Sse.text("whole") + Sse.STOP);
                    peer.hang();
                });
                TestService llm = TestService.at(server.base(), Map.of("llm_token_gap_timeout", "200ms"))) {
            assertEquals("whole", llm.ask().text());
            assertEquals(LLMFrame.ResponseEnd.class, llm.frames.getLast().getClass());
        }
    }

    @Test
    void noTls() throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::hang);
                TestService llm = TestService.at(
                        URI.create(server.base().toString().replace("http", "https")),
                        Map.of("llm_connect_timeout", "200ms", "llm_retries", "1"))) {
            LLMException e = llm.refused();
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(e.getMessage().contains("LLM_CONNECT_TIMEOUT"), e.getMessage());
            assertTrue(e.getMessage().contains("2 attempts"), e.getMessage());
            assertEquals(2, server.connections.get(), "a connection that failed is tried again");
        }
    }

    @Test
    void anErrorWhoseBodyHangs() throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.readRequest();
                    peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n{\"error\":");
                    peer.hang();
                });
                TestService llm = TestService.at(server.base(), Map.of("llm_token_gap_timeout", "200ms"))) {
            assertEquals(Reason.REJECTED, llm.refused().reason());
        }
    }
}
