package io.pipecat.agent;

import static io.pipecat.agent.ScriptedModel.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Frames;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolCallsTest {
    private final ScriptedModel model = new ScriptedModel();
    private final Frames frames = new Frames();

    private List<Message> send(ToolCatalogue tools) throws Exception {
        return send(tools, ConversationOptions.DEFAULT);
    }

    private List<Message> send(ToolCatalogue tools, ConversationOptions options) throws Exception {
        Conversation conversation =
                Conversation.builder(model, tools).options(options).build();
        conversation.send("go", frames);
        Sessions.assertConsistent(conversation.history());
        return conversation.history();
    }

    private String onlyResult(ToolCatalogue tools) throws Exception {
        model.says("done");
        List<String> results = Sessions.results(send(tools));
        assertEquals(1, results.size());
        return results.getFirst();
    }

    @Test
    void callsOfOneResponseOverlap() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        TestTool tool = new TestTool("t").method("meet", (arguments, context) -> {
            try {
                // Passes only if all three are under way at once.
                together.await(20, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw ToolException.failed("alone");
            }
            return arguments.get("n").orElseThrow();
        });
        model.calls(
                        call("a", "t__meet", "{\"n\":1}"),
                        call("b", "t__meet", "{\"n\":2}"),
                        call("c", "t__meet", "{\"n\":3}"))
                .says("done");
        assertEquals(List.of("1", "2", "3"), Sessions.results(send(tool.alone())));
    }

    @Test
    void resultsHaveTheOrderOfTheCallsWhateverTheOrderOfTheirEnds() throws Exception {
        CountDownLatch secondEnded = new CountDownLatch(1);
        TestTool tool = new TestTool("t")
                .method("slow", (arguments, context) -> {
                    secondEnded.await();
                    return new JsonString("slow");
                })
                .method("quick", (arguments, context) -> new JsonString("quick"));
        model.calls(call("a", "t__slow", "{}"), call("b", "t__quick", "{}")).says("done");
        Conversation conversation = Conversation.builder(model, tool.alone()).build();
        conversation.send("go", frame -> {
            frames.accept(frame);
            if (frame instanceof TurnFrame.ToolFinished finished
                    && finished.name().equals("t.quick")) {
                secondEnded.countDown();
            }
        });
        assertEquals(List.of("\"slow\"", "\"quick\""), Sessions.results(conversation.history()));
        assertEquals(
                List.of("t.quick", "t.slow"),
                frames.of(TurnFrame.ToolFinished.class).stream()
                        .map(TurnFrame.ToolFinished::name)
                        .toList());
    }

    @Test
    void eachCallHasItsOwnDeadline() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TestTool tool = new TestTool("t")
                .method("hang", TestTool.ANYTHING, false, Optional.of(Duration.ofMillis(50)), (arguments, context) -> {
                    try {
                        never.await();
                    } finally {
                        stopped.countDown();
                    }
                    return JsonNumber.of(1);
                })
                // Would hang for good if the deadline of the other were not its own.
                .method("wait", TestTool.ANYTHING, false, Optional.of(Duration.ofMinutes(5)), (arguments, context) -> {
                    stopped.await();
                    return JsonNumber.of(2);
                });
        model.calls(call("a", "t__wait", "{}"), call("b", "t__hang", "{}")).says("done");
        assertEquals(
                List.of("2", "t.hang did not finish within 0.05 s and was stopped."),
                Sessions.results(send(tool.alone())));
    }

    @Test
    void theConfiguredDeadlineHoldsWhereTheMethodHasNone() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestTool tool = new TestTool("t").method("hang", (arguments, context) -> {
            never.await();
            return JsonNumber.of(1);
        });
        model.calls(call("a", "t__hang", "{}")).says("done");
        List<Message> history =
                send(tool.alone(), ConversationOptions.DEFAULT.withToolLimits(Duration.ofMillis(40), 1024));
        assertEquals(List.of("t.hang did not finish within 0.04 s and was stopped."), Sessions.results(history));
    }

    @Test
    void aToolThatIgnoresItsDeadlineIsLeftAlone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TestTool tool = new TestTool("t")
                .method(
                        "stubborn",
                        TestTool.ANYTHING,
                        false,
                        Optional.of(Duration.ofMillis(10)),
                        (arguments, context) -> {
                            while (true) {
                                try {
                                    release.await();
                                    return JsonNumber.of(1);
                                } catch (InterruptedException e) {
                                    context.report("no");
                                }
                            }
                        });
        model.calls(call("a", "t__stubborn", "{}")).says("done");
        Conversation conversation = Conversation.builder(model, tool.alone())
                .graces(Duration.ofMillis(20), Duration.ofMillis(20))
                .build();
        conversation.send("go", frames);
        release.countDown();
        assertEquals(
                List.of("t.stubborn did not finish within 0.01 s and was left alone; it may still be running."),
                Sessions.results(conversation.history()));
    }

    @Test
    void aToolKnowsItsDeadlineAndAnIdOfItsOwn() throws Exception {
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        AtomicReference<ToolContext> seen = new AtomicReference<>();
        TestTool tool = new TestTool("t").method("look", (arguments, context) -> {
            seen.set(context);
            return JsonNumber.of(1);
        });
        model.calls(call("a", "t__look", "")).says("done");
        Conversation.builder(model, tool.alone())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build()
                .send("go", frames);
        assertEquals(now.plusSeconds(30), seen.get().deadline());
        assertEquals(
                frames.of(TurnFrame.ToolStarted.class).getFirst().callId(),
                seen.get().callId());
    }

    @Test
    void progressComesBetweenStartAndEnd() throws Exception {
        AtomicReference<ToolContext> kept = new AtomicReference<>();
        TestTool tool = new TestTool("t").method("work", (arguments, context) -> {
            context.report("half");
            kept.set(context);
            return JsonNumber.of(1);
        });
        model.calls(call("a", "t__work", "{}")).then((context, sink) -> {
            kept.get().report("too late");
            return ScriptedModel.answer(sink, io.pipecat.api.llm.FinishReason.STOP, "done");
        });
        send(tool.alone());
        assertEquals(
                List.of("ToolStarted", "ToolProgress", "ToolFinished"),
                frames.all.stream()
                        .map(frame -> frame.getClass().getSimpleName())
                        .filter(name -> name.startsWith("Tool"))
                        .toList());
    }

    @Test
    void aFailureIsToldToTheModel() throws Exception {
        TestTool tool = new TestTool("t")
                .method("refuse", (arguments, context) -> {
                    throw ToolException.failed("The disk is full: delete something.");
                })
                .method("crash", (arguments, context) -> {
                    throw new ArrayIndexOutOfBoundsException("index 5");
                })
                .method("overflow", (arguments, context) -> {
                    throw new StackOverflowError();
                });
        model.calls(call("a", "t__refuse", "{}"), call("b", "t__crash", "{}"), call("c", "t__overflow", "{}"))
                .says("done");
        List<Message> history = send(tool.alone());
        assertEquals(
                List.of(
                        "The disk is full: delete something.",
                        "t.crash failed: index 5",
                        "t.overflow failed: StackOverflowError"),
                Sessions.results(history));
        assertTrue(frames.of(TurnFrame.ToolFinished.class).stream().allMatch(TurnFrame.ToolFinished::error));
        assertTrue(history.stream()
                .filter(Message.ToolResult.class::isInstance)
                .allMatch(message -> ((Message.ToolResult) message).error()));
    }

    @Test
    void anUnknownFunctionIsAnsweredWithTheNearest() throws Exception {
        TestTool tool = new TestTool("calculator")
                .method("evaluate", (arguments, context) -> JsonNumber.of(1))
                .method("divide", (arguments, context) -> JsonNumber.of(1));
        model.calls(call("a", "calculator__evalute", "{}"));
        String answer = onlyResult(tool.alone());
        assertTrue(
                answer.startsWith(
                        "There is no function calculator__evalute. The nearest names are calculator__evaluate, "),
                answer);
        assertEquals(
                "calculator__evalute",
                frames.of(TurnFrame.ToolStarted.class).getFirst().name());
        assertEquals(1, frames.of(TurnFrame.ToolFinished.class).size());
    }

    @Test
    void anUnknownFunctionWhereThereAreNone() throws Exception {
        model.calls(call("a", "x", "{}"));
        assertEquals(
                "There is no function x, and no other: answer without calling one.",
                onlyResult(ToolCatalogue.of(List.of())));
    }

    @Test
    void malformedArgumentsAreAnsweredWithTheParameters() throws Exception {
        model.calls(call("a", "t__say", "{\"text\": "));
        String answer = onlyResult(say(new AtomicInteger()));
        assertTrue(answer.startsWith("The arguments of t__say are not valid JSON ("), answer);
        assertTrue(answer.endsWith("Its parameters: text (string, required)."), answer);
    }

    @Test
    void argumentsThatAreNoObjectAreAnswered() throws Exception {
        model.calls(call("a", "t__say", "[1]"));
        assertEquals(
                "The arguments of t__say must be a JSON object, not an array. Call it again with an object."
                        + " Its parameters: text (string, required).",
                onlyResult(say(new AtomicInteger())));
    }

    @Test
    void argumentsThatDoNotFitAreAnsweredAndNotCalled() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        model.calls(call("a", "t__say", "{\"txt\": \"hi\"}"));
        String answer = onlyResult(say(calls));
        assertTrue(answer.startsWith("t__say was not called: "), answer);
        assertTrue(answer.contains("'text' is missing"), answer);
        assertTrue(answer.contains("Did you mean 'text' by 'txt'?"), answer);
        assertEquals(0, calls.get());
    }

    @Test
    void aNumberBeyondAnyRangeIsAnswered() throws Exception {
        TestTool tool = new TestTool("t")
                .method(
                        "set",
                        io.pipecat.json.Json.parseObject(
                                "{\"type\":\"object\",\"properties\":{\"level\":{\"type\":\"number\",\"maximum\":100}}}"),
                        false,
                        Optional.empty(),
                        (arguments, context) -> JsonNumber.of(1));
        model.calls(call("a", "t__set", "{\"level\": 1e99999999999}"));
        String answer = onlyResult(tool.alone());
        assertTrue(answer.contains("exponent"), answer);
    }

    @Test
    void theSameCallThreeTimesInARowIsAnsweredWithAMessage() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ToolCatalogue tools = say(calls);
        model.calls(call("a", "t__say", "{\"text\": \"x\"}"))
                .calls(call("b", "t__say", "{ \"text\":\"x\" }"))
                .calls(call("c", "t__say", "{\"text\":\"x\"}"))
                .calls(call("d", "t__say", "{\"text\":\"y\"}"))
                .calls(call("e", "t__say", "{\"text\":\"x\"}"))
                .says("done");
        List<String> results = Sessions.results(send(tools));
        assertEquals("\"x\"", results.get(1));
        assertTrue(results.get(2).startsWith("You have made this call of t__say"), results.get(2));
        assertEquals(List.of("\"y\"", "\"x\""), results.subList(3, 5), "another call in between starts the count anew");
        assertEquals(4, calls.get());
    }

    @Test
    void theSameCallInThreeTurnsIsNoLoop() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Conversation conversation = Conversation.builder(model, say(calls)).build();
        for (int i = 0; i < 3; i++) {
            model.calls(call("a", "t__say", "{\"text\":\"x\"}")).says("done");
            conversation.send("again", frames);
        }
        assertEquals(3, calls.get());
    }

    @Test
    void aLongResultIsCutWithANote() throws Exception {
        TestTool tool = new TestTool("t").method("read", (arguments, context) -> new JsonString("€".repeat(1000)));
        model.calls(call("a", "t__read", "{}")).says("done");
        String result = Sessions.results(
                        send(tool.alone(), ConversationOptions.DEFAULT.withToolLimits(Duration.ofSeconds(30), 301)))
                .getFirst();
        // A quote of one byte and a hundred signs of three.
        assertTrue(result.startsWith("\"" + "€".repeat(100) + "… [cut here"), result);
        assertTrue(result.contains("the first 101 of 1002 characters"), result);
    }

    @Test
    void callsWithTheSameIdGetDistinctOnes() throws Exception {
        TestTool tool = new TestTool("t")
                .method("n", (arguments, context) -> arguments.get("n").orElseThrow());
        model.calls(call("x", "t__n", "{\"n\":1}"), call("x", "t__n", "{\"n\":2}"), call("", "t__n", "{\"n\":3}"))
                .calls(call("x", "t__n", "{\"n\":4}"))
                .says("done");
        List<Message> history = send(tool.alone());
        assertEquals(List.of("1", "2", "3", "4"), Sessions.results(history));
        List<String> ids = history.stream()
                .filter(Message.Assistant.class::isInstance)
                .flatMap(message -> ((Message.Assistant) message).toolCalls().stream())
                .map(ToolCall::id)
                .toList();
        assertEquals(4, ids.stream().distinct().count(), ids::toString);
        assertNotEquals("", ids.get(2));
    }

    @Test
    void toolsAreLookedAtAgainInEachTurn() throws Exception {
        List<io.pipecat.api.tool.Tool> tools = new java.util.concurrent.CopyOnWriteArrayList<>();
        Conversation conversation = Conversation.builder(model, () -> tools).build();
        model.says("one").says("two");
        conversation.send("1", frames);
        tools.add(new TestTool("t").method("m", (arguments, context) -> JsonNumber.of(1)));
        conversation.send("2", frames);
        assertEquals(0, model.asked.get(0).functions().size());
        assertEquals("t__m", model.asked.get(1).functions().getFirst().name());
    }

    private static ToolCatalogue say(AtomicInteger calls) {
        return new TestTool("t")
                .method("say", TestTool.TEXT, false, Optional.empty(), (arguments, context) -> {
                    calls.incrementAndGet();
                    return arguments.get("text").orElseThrow();
                })
                .alone();
    }

    enum Colour {
        RED,
        BLUE
    }

    @ToolInfo(name = "lamp", description = "A lamp.")
    public static final class Lamp {
        @ToolMethod("Lights it.")
        public String light(
                Colour colour, Optional<String> room, @ToolParam(defaultValue = "7") int level, List<Colour> then) {
            return colour + " " + room + " " + level + " " + then;
        }
    }

    @Test
    void whatAnAnnotatedToolTakesIsNotRefusedBefore() throws Exception {
        model.calls(call(
                "a", "lamp__light", "{\"colour\":\"Red\",\"room\":null,\"level\":null,\"then\":[\"BLUE\",\"red\"]}"));
        assertEquals(
                "\"RED Optional.empty 7 [BLUE, RED]\"",
                onlyResult(ToolCatalogue.of(List.of(Tool.annotated(new Lamp())))));
    }
}
