package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMFrame;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is gone, where another one can be asked: its deadlines are hours away in these tests. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LivenessTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "llm_liveness_timeout", "300ms",
            "llm_first_token_timeout", "1h",
            "llm_token_gap_timeout", "1h",
            "llm_connect_timeout", "5m");

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger inquiries = new AtomicInteger();
    private final List<LLMFrame> frames = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestService service(URI base) throws Exception {
        return TestService.at(base, SETTINGS);
    }

    private URI base() {
        return URI.create("http://" + server.getHostName() + ":" + server.getPort());
    }

    private static LLMException failure(TestService llm, List<LLMFrame> frames) {
        return assertThrows(LLMException.class, () -> llm.service.processOnce(TestService.HELLO, frames::add));
    }

    /** Answers questions in one way and inquiries in another. */
    private void answers(MockResponse question, MockResponse inquiry) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getTarget().endsWith("/models")) {
                    inquiries.incrementAndGet();
                    return inquiry;
                }
                return question;
            }
        });
    }

    private static MockResponse hang() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    @Test
    void serverThatAnswersNothingIsGivenUp() throws Exception {
        answers(hang(), hang());
        try (TestService llm = service(base())) {
            LLMException e = failure(llm, frames);
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(
                    e.getMessage().contains("went silent")
                            && e.getMessage().contains("LLM_LIVENESS_TIMEOUT")
                            && !e.getMessage().contains("LLM_FIRST_TOKEN_TIMEOUT"),
                    e.getMessage());
            assertEquals(1, inquiries.get());
            assertEquals(List.of(), frames);
        }
    }

    @Test
    void serverThatCannotBeConnectedToIsGivenUpAndTheSettingThatCountedIsNamed() throws Exception {
        try (RawServer raw = new RawServer(RawServer.Peer::hang);
                TestService llm = service(URI.create(raw.base().toString().replace("http", "https")))) {
            LLMException e = failure(llm, frames);
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(e.getMessage().contains("300 ms (LLM_LIVENESS_TIMEOUT)"), e.getMessage());
        }
    }

    @Test
    void serverThatReadsALongPromptAndAnswersInquiriesHasItsTime() throws Exception {
        MockResponse slow = Sse.stream(Sse.text("at last"), Sse.STOP)
                .newBuilder()
                .headersDelay(1200, TimeUnit.MILLISECONDS)
                .build();
        answers(slow, new MockResponse.Builder().code(503).build());
        try (TestService llm = service(base())) {
            assertEquals(
                    "at last",
                    llm.service.processOnce(TestService.HELLO, frames::add).text());
            assertEquals(1, inquiries.get(), "also an error shows that it is there");
        }
    }

    @Test
    void serverThatFallsSilentInTheMiddleIsGivenUpToo() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (RawServer raw = new RawServer(peer -> {
                    if (connections.incrementAndGet() == 1) {
                        peer.readRequest();
                        peer.send(RawServer.STREAM_HEAD);
                        peer.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"Half an\"}}]}\n\n");
                    }
                    peer.hang();
                });
                TestService llm = service(raw.base())) {
            LLMException e = failure(llm, frames);
            assertEquals(Reason.TIMEOUT, e.reason());
            assertEquals(new LLMFrame.Text("Half an"), frames.getLast());
        }
    }

    @Test
    void whoHasNobodyElseToAskIsPatient() throws Exception {
        MockResponse slow = Sse.stream(Sse.text("at last"), Sse.STOP)
                .newBuilder()
                .headersDelay(800, TimeUnit.MILLISECONDS)
                .build();
        answers(slow, hang());
        try (TestService llm = service(base())) {
            assertEquals("at last", llm.ask().text());
            assertEquals(0, inquiries.get());
        }
    }

    @Test
    void nothingIsAskedTwiceAndWhatTheServerAskedForIsPassedOn() throws Exception {
        answers(
                new MockResponse.Builder()
                        .code(503)
                        .setHeader("Retry-After", "7")
                        .build(),
                hang());
        try (TestService llm = service(base())) {
            LLMException e = failure(llm, frames);
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertEquals(Optional.of(Duration.ofSeconds(7)), e.retryAfter());
            assertEquals(List.of(), llm.waits);
            assertEquals(1, server.getRequestCount());
        }
    }
}
