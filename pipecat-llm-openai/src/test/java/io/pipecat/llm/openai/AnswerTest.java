package io.pipecat.llm.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMException.Reason;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers answer, well or badly, after they have accepted a request. */
class AnswerTest {
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

    private LLMResponse answer(String... events) throws Exception {
        server.enqueue(Sse.stream(events));
        return llm.ask();
    }

    private Reason refusal(String... events) {
        server.enqueue(Sse.stream(events));
        return llm.refused().reason();
    }

    @Test
    void pushesTextAsItComesAndReturnsTheSum() throws Exception {
        LLMResponse response = answer(
                Sse.delta("{\"role\":\"assistant\",\"content\":null}"),
                Sse.text("Hel"),
                Sse.text("lo"),
                Sse.STOP,
                Sse.data("{\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":2,\"total_tokens\":13,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":5}}}"),
                Sse.DONE);

        assertEquals(
                List.of(
                        new LLMFrame.ResponseStart("served"),
                        new LLMFrame.Text("Hel"),
                        new LLMFrame.Text("lo"),
                        new LLMFrame.ResponseEnd(FinishReason.STOP, new Usage(11, 2))),
                llm.frames);
        assertEquals(new LLMResponse("served", "Hello", "", List.of(), FinishReason.STOP, new Usage(11, 2)), response);
    }

    @Test
    void keepsTheConnectionForTheNextCall() throws Exception {
        answer(Sse.text("a"), Sse.STOP, Sse.DONE);
        answer(Sse.text("b"), Sse.STOP, Sse.DONE);

        assertEquals(0, server.takeRequest().getExchangeIndex());
        assertEquals(1, server.takeRequest().getExchangeIndex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void keepsReasoningApart(String field) throws Exception {
        LLMResponse response = answer(
                Sse.delta("{\"" + field + "\":\"Hm. \"}"),
                Sse.delta("{\"content\":null,\"" + field + "\":\"So.\"}"),
                Sse.text("Yes"),
                Sse.STOP);

        assertEquals("Hm. So.", response.reasoning());
        assertEquals("Yes", response.text());
    }

    @Test
    void takesReasoningUnderTwoNamesOnce() throws Exception {
        assertEquals(
                "Hm",
                answer(Sse.delta("{\"reasoning_content\":\"Hm\",\"reasoning\":\"Hm\"}"), Sse.STOP)
                        .reasoning());
    }

    @Test
    void takesThinkTagsAtTheStartForReasoning() throws Exception {
        LLMResponse response =
                answer(Sse.text("\\n<th"), Sse.text("ink>Hm</"), Sse.text("think>\\n\\nYes <think>"), Sse.STOP);

        assertEquals("Hm", response.reasoning());
        assertEquals("Yes <think>", response.text());
    }

    @Test
    void readsContentInParts() throws Exception {
        LLMResponse response = answer(
                Sse.delta("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm\"}]}]}"),
                Sse.delta("{\"content\":[{\"type\":\"text\",\"text\":\"Yes\"}]}"),
                Sse.STOP);

        assertEquals("Hm", response.reasoning());
        assertEquals("Yes", response.text());
    }

    @Test
    void assemblesParallelToolCallsFromFragments() throws Exception {
        LLMResponse response = answer(
                Sse.delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                                + "\"arguments\":\"\"}}]}"),
                Sse.delta(
                        "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}]}"),
                Sse.delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}]}"),
                Sse.delta("{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"}\"}},"
                        + "{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}"),
                Sse.choice("{}", "\"tool_calls\""),
                Sse.DONE);

        assertEquals(List.of(new ToolCall("a", "f", "{\"x\":1}"), new ToolCall("b", "g", "{}")), response.toolCalls());
        assertEquals(FinishReason.TOOL_CALLS, response.reason());
        assertEquals(4, llm.frames.size(), "each call is pushed once and whole: " + llm.frames);
    }

    @Test
    void readsTheOlderFunctionCall() throws Exception {
        LLMResponse response = answer(
                Sse.delta("{\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                Sse.delta("{\"function_call\":{\"arguments\":\"{\\\"x\\\":1}\"}}"),
                Sse.choice("{}", "\"function_call\""));

        assertEquals("{\"x\":1}", response.toolCalls().getFirst().argumentsJson());
        assertEquals(FinishReason.TOOL_CALLS, response.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, LENGTH",
        "content_filter, CONTENT_FILTER",
        "tool_calls, STOP",
        "because, OTHER",
        "eos_token, STOP"
    })
    void knowsWhyItStopped(String word, FinishReason expected) throws Exception {
        assertEquals(
                expected,
                answer(Sse.text("x"), Sse.choice("{}", '"' + word + '"'), Sse.DONE)
                        .reason());
    }

    @Test
    void stopWithAToolCallMeansTheCall() throws Exception {
        assertEquals(
                FinishReason.TOOL_CALLS,
                answer(
                                Sse.delta("{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}]}"),
                                Sse.STOP)
                        .reason());
        assertEquals("call00000", ((ToolCall) llm.frames.get(1)).id());
    }

    @Test
    void endsWithoutDone() throws Exception {
        assertEquals("x", answer(Sse.text("x"), Sse.STOP).text());
    }

    @Test
    void endsWithDoneAlone() throws Exception {
        assertEquals(FinishReason.OTHER, answer(Sse.text("x"), Sse.DONE).reason());
    }

    @Test
    void endsWithTheLastLineUnfinished() throws Exception {
        assertEquals("x", answer(Sse.text("x"), "data: [DONE]").text());
    }

    @Test
    void anEmptyAnswerIsOne() throws Exception {
        answer(Sse.STOP, Sse.DONE);

        assertEquals(
                List.of(new LLMFrame.ResponseStart("served"), new LLMFrame.ResponseEnd(FinishReason.STOP, Usage.NONE)),
                llm.frames);
    }

    @Test
    void understandsOtherLineEndsCommentsAndFields() throws Exception {
        String stream = "\uFEFF: ping\r\n\r\nevent: message\r\nid: 7\r\nretry: 5\r\ndata:{\"choices\":[{\"delta\":\r\n"
                + "data: {\"content\":\"x\"}}]}\r\n\r\n: ping\r\n\r\n"
                + Sse.text("y").replace("\n", "\r") + Sse.STOP.replace("\n", "\r\n") + "data: [DONE]\r\n\r\n";

        assertEquals("xy", answer(stream).text());
    }

    @Test
    void joinsCharactersThatArriveInHalves() throws Exception {
        Buffer body = new Buffer().writeUtf8(Sse.text("a€😀b") + Sse.STOP);
        server.enqueue(new MockResponse.Builder().chunkedBody(body, 1).build());

        assertEquals("a€😀b", llm.ask().text());
    }

    @Test
    void neverSplitsASurrogatePair() throws Exception {
        answer(Sse.text("a\\ud83d"), Sse.text("\\ude00b"), Sse.text("\\ud83d"), Sse.STOP);

        assertEquals(
                List.of(new LLMFrame.Text("a"), new LLMFrame.Text("😀b"), new LLMFrame.Text("\uFFFD")),
                llm.frames.subList(1, 4));
    }

    @Test
    void readsAnAnswerThatIsNotStreamed() throws Exception {
        server.enqueue(Sse.status(
                200,
                "\n{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\","
                        + "\"reasoning_content\":\"Hm\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}"));

        assertEquals(
                new LLMResponse(
                        "m",
                        "Hi",
                        "Hm",
                        List.of(new ToolCall("a", "f", "{}")),
                        FinishReason.TOOL_CALLS,
                        new Usage(3, 1)),
                llm.ask());
    }

    @Test
    void takesUsageWhereGroqPutsIt() throws Exception {
        String chunk = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                + "\"x_groq\":{\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":9e99}}}";

        assertEquals(
                new Usage(4, Integer.MAX_VALUE),
                answer(Sse.text("x"), Sse.data(chunk)).usage());
    }

    @Test
    void aStreamThatJustEndsIsBrokenOff() {
        assertEquals(Reason.BROKEN_OFF, refusal(Sse.text("half an ans")));
        assertEquals(new LLMFrame.Text("half an ans"), llm.frames.get(1));
        assertEquals(2, llm.frames.size(), "no end is pushed");
    }

    @Test
    void aStreamThatEndsBeforeItSaysAnythingIsNoAnswer() {
        assertEquals(Reason.UNAVAILABLE, refusal(Sse.delta("{\"role\":\"assistant\"}")));
        assertTrue(llm.frames.isEmpty());
    }

    @Test
    void aCallThatIsCutOffIsNotPushed() {
        assertEquals(
                Reason.UNAVAILABLE,
                refusal(Sse.delta(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}")));
        assertTrue(llm.frames.isEmpty());
    }

    @Test
    void aConnectionThatBreaksIsBrokenOff() {
        server.enqueue(new MockResponse.Builder()
                .body(Sse.text("half") + Sse.text("x".repeat(100_000)))
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build());

        assertEquals(Reason.BROKEN_OFF, llm.refused().reason());
        assertEquals(1, server.getRequestCount(), "a request whose answer had begun is not repeated");
    }

    @Test
    void aBreakAfterTheFinishReasonLosesNothing() throws Exception {
        assertEquals(
                "x", answer(Sse.text("x"), Sse.STOP, "data: {\"usage\":{\"prom").text());
    }

    @Test
    void anErrorWithinTheStream() {
        String error =
                Sse.data("{\"error\":{\"code\":500,\"message\":\"CUDA out of memory\",\"type\":\"server_error\"}}");

        assertEquals(Reason.UNAVAILABLE, refusal(error));
        assertEquals(Reason.BROKEN_OFF, refusal(Sse.text("x"), error));
        assertEquals(Reason.BROKEN_OFF, refusal(Sse.text("x"), "event: error\ndata: {\"message\":\"gone\"}\n\n"));
        assertEquals(Reason.UNAVAILABLE, refusal("error: {\"code\":500,\"message\":\"slot is gone\"}\n\n"));
        assertEquals(
                Reason.REJECTED,
                refusal(Sse.data(
                        "{\"error\":{\"message\":\"no such parameter\",\"type\":\"invalid_request_error\"}}")));
        assertEquals(5, server.getRequestCount());
    }

    @Test
    void anErrorWithinTheStreamIsQuoted() {
        server.enqueue(Sse.stream(Sse.text("x"), Sse.data("{\"error\":\"the GPU fell off the bus\"}")));

        assertTrue(llm.refused().getMessage().contains("\"the GPU fell off the bus\""));
    }

    @Test
    void anOverflowWithinTheStream() {
        assertEquals(
                Reason.CONTEXT_OVERFLOW,
                refusal(Sse.data(
                        "{\"error\":{\"code\":400,\"type\":\"exceed_context_size_error\",\"message\":\"the request"
                                + " exceeds the available context size\"}}")));
    }

    @Test
    void aPageInsteadOfAnAnswer() {
        server.enqueue(
                Sse.status(
                        200,
                        "<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body><h1>Log in</h1> first</body>"));

        var e = llm.refused();
        assertEquals(Reason.PROTOCOL, e.reason());
        assertTrue(e.getMessage().contains("\"Log in first\""), e.getMessage());
    }

    @Test
    void whatIsNoAnswerAtAll() {
        for (String body : List.of("", "Hello!", "{\"ok\":true}", "{\"choices\":", "[]")) {
            server.enqueue(Sse.status(200, body));
            assertEquals(Reason.PROTOCOL, llm.refused().reason(), body);
        }
        assertEquals(Reason.PROTOCOL, refusal(Sse.data("{\"choices\"")));
        assertEquals(Reason.PROTOCOL, refusal(Sse.data("[1]")));
        assertEquals(Reason.BROKEN_OFF, refusal(Sse.text("x"), Sse.data("{\"choices\"")));
    }

    @Test
    void anEventWithoutEndIsRefused() {
        server.enqueue(new MockResponse.Builder()
                .body("data: " + "x".repeat(SseParser.MAX_EVENT_BYTES))
                .build());

        assertEquals(Reason.PROTOCOL, llm.refused().reason());
    }

    @Test
    void malformedUtf8DoesNotStopIt() throws Exception {
        Buffer body = new Buffer().write(Sse.text("a\u00FFb").getBytes(StandardCharsets.ISO_8859_1));
        server.enqueue(new MockResponse.Builder().body(body.writeUtf8(Sse.STOP)).build());

        assertEquals("a\uFFFDb", llm.ask().text());
    }

    @Test
    void anExceptionOfTheSinkEndsTheCall() {
        server.enqueue(Sse.stream(Sse.text("a"), Sse.text("b"), Sse.STOP));

        IllegalStateException full = new IllegalStateException("full");
        assertEquals(
                full,
                assertThrows(
                        IllegalStateException.class,
                        () -> llm.service.process(TestService.HELLO, frame -> {
                            throw full;
                        })));
    }

    @Test
    void theSinkIsCalledOnTheCallingThread() throws Exception {
        server.enqueue(Sse.stream(Sse.text("a"), Sse.STOP));

        llm.service.process(
                TestService.HELLO,
                frame -> assertFalse(Thread.currentThread().isVirtual(), "called on the reading thread"));
    }
}
