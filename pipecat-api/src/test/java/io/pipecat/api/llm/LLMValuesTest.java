package io.pipecat.api.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LLMValuesTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.01, 2.01, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void temperaturesThatWouldAbortNativeCodeAreRefused(double temperature) {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> new GenerationOptions(OptionalDouble.of(temperature), OptionalInt.empty(), OptionalLong.empty()));
        assertEquals("temperature must be from 0 to 2, not " + temperature, e.getMessage());
    }

    @Test
    void optionsHaveRanges() {
        for (double temperature : new double[] {0, 0.7, 2}) {
            var options = new GenerationOptions(
                    OptionalDouble.of(temperature), OptionalInt.of(1), OptionalLong.of(Long.MIN_VALUE));
            assertEquals(OptionalInt.of(5), options.withMaxTokens(5).maxTokens());
            assertEquals(options.temperature(), options.withMaxTokens(5).temperature());
            assertEquals(options.seed(), options.withMaxTokens(5).seed());
        }
        assertThrows(IllegalArgumentException.class, () -> GenerationOptions.DEFAULT.withMaxTokens(0));
        for (double topP : new double[] {0, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> chosen(topP, List.of()));
        }
        assertThrows(IllegalArgumentException.class, () -> chosen(1, List.of("")));
        assertThrows(IllegalArgumentException.class, () -> chosen(1, Collections.nCopies(17, "x")));
        assertEquals(List.of("x"), chosen(0.1, List.of("x")).withMaxTokens(3).stop());
    }

    private static GenerationOptions chosen(double topP, List<String> stop) {
        return new GenerationOptions(
                OptionalDouble.empty(), OptionalDouble.of(topP), OptionalInt.empty(), OptionalLong.empty(), stop);
    }

    @Test
    void aCollectorAddsUpWhatItPassesOn() {
        List<LLMFrame> seen = new ArrayList<>();
        var collector = new LLMResponse.Collector(seen::add);
        ToolCall call = new ToolCall("1", "calculator__add", "{\"a\":1");
        List<LLMFrame> frames = List.of(
                new LLMFrame.ResponseStart("tiny"),
                new LLMFrame.Reasoning("hm"),
                new LLMFrame.Reasoning("m"),
                new LLMFrame.Text("Hel"),
                call,
                new LLMFrame.Text("lo"),
                new LLMFrame.ResponseEnd(FinishReason.TOOL_CALLS, new Usage(7, 3)));
        frames.forEach(collector);
        assertEquals(frames, seen);
        LLMResponse response = collector.response();
        assertEquals(
                new LLMResponse("tiny", "Hello", "hmm", List.of(call), FinishReason.TOOL_CALLS, new Usage(7, 3)),
                response);
        assertEquals(new Message.Assistant("Hello", List.of(call)), response.toMessage());
    }

    @Test
    void aCollectorKnowsWhetherAnythingWasSaid() {
        for (LLMFrame frame :
                List.of(new LLMFrame.Text("a"), new LLMFrame.Reasoning("a"), new ToolCall("1", "f", "{}"))) {
            var collector = new LLMResponse.Collector(ignored -> {});
            assertFalse(collector.hasContent());
            collector.accept(new LLMFrame.ResponseStart("m"));
            assertFalse(collector.hasContent());
            collector.accept(frame);
            assertTrue(collector.hasContent());
        }
    }

    @Test
    void aCollectorWithoutFramesHasAnEmptyResponse() {
        assertEquals(
                new LLMResponse("", "", "", List.of(), FinishReason.OTHER, Usage.NONE),
                new LLMResponse.Collector(ignored -> {}).response());
    }

    @Test
    void anExceptionOfTheSinkIsPassedOn() {
        var failure = new IllegalStateException("gone");
        var collector = new LLMResponse.Collector(frame -> {
            throw failure;
        });
        assertSame(failure, assertThrows(IllegalStateException.class, () -> collector.accept(new LLMFrame.Text("a"))));
        assertEquals("a", collector.response().text());
    }

    @Test
    void tokensAreEstimated() {
        assertEquals(0, TokenEstimate.of(LLMContext.of()));
        assertEquals(8, TokenEstimate.of(LLMContext.of(new Message.User(""))));
        assertEquals(8 + 1, TokenEstimate.of(LLMContext.of(new Message.User("abc"))));
        assertEquals(8 + 2, TokenEstimate.of(LLMContext.of(new Message.SystemPrompt("abcd"))));
        assertEquals(8 + 2, TokenEstimate.of(LLMContext.of(new Message.User("日本"))));
        Message called = new Message.Assistant("", List.of(new ToolCall("1", "abc", "{}")));
        assertEquals(8 + 8 + 1 + 1, TokenEstimate.of(LLMContext.of(called)));
        FunctionSpec function = new FunctionSpec("abc", "abcdef", JsonObject.EMPTY);
        assertEquals(
                8 + 1 + 2 + 1,
                TokenEstimate.of(new LLMContext(List.of(), List.of(function), GenerationOptions.DEFAULT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "é"})
    void functionNamesAreThoseThatServicesTake(String name) {
        assertThrows(IllegalArgumentException.class, () -> new FunctionSpec(name, "d", JsonObject.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> new FunctionSpec("a".repeat(65), "d", JsonObject.EMPTY));
        assertEquals("a".repeat(64), new FunctionSpec("a".repeat(64), "d", JsonObject.EMPTY).name());
    }

    @Test
    void valuesAreCopies() {
        List<ToolCall> calls = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        var response = new LLMResponse("m", "", "", calls, FinishReason.STOP, Usage.NONE);
        var context = new LLMContext(messages, List.of(), GenerationOptions.DEFAULT);
        calls.add(new ToolCall("1", "f", "{}"));
        messages.add(new Message.User("late"));
        assertEquals(List.of(), response.toolCalls());
        assertEquals(List.of(), context.messages());
        assertEquals(new Usage(4, 6), new Usage(1, 2).plus(new Usage(3, 4)));
    }

    @Test
    void aClusterHasAServiceToLookFor() {
        assertThrows(IllegalArgumentException.class, () -> new LLMSource.Cluster(List.of()));
        assertEquals(List.of(ServiceName.LLM), new LLMSource.Cluster(List.of(ServiceName.LLM)).services());
    }
}
