package io.pipecat.agent;

import static io.pipecat.agent.ScriptedModel.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Frames;
import io.pipecat.agent.Sessions.Running;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.Message;
import io.pipecat.api.tool.ToolCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InterruptionTest {
    private static final ToolCatalogue NO_TOOLS = ToolCatalogue.of(List.of());

    private final ScriptedModel model = new ScriptedModel();
    private final Frames frames = new Frames();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch modelStopped = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch toolStopped = new CountDownLatch(1);

    /** Says a bit and then hangs until it is interrupted. */
    private ScriptedModel.Step hangingAfter(String text) {
        return (context, sink) -> {
            LLMResponse.Collector collector = ScriptedModel.begin(sink);
            collector.accept(new LLMFrame.Text(text));
            try {
                never.await();
            } finally {
                modelStopped.countDown();
            }
            throw new AssertionError("never");
        };
    }

    private TestTool hangingTool() {
        return new TestTool("t")
                .method("hang", (arguments, context) -> {
                    context.report("hanging");
                    hanging.countDown();
                    try {
                        never.await();
                    } finally {
                        toolStopped.countDown();
                    }
                    return JsonNumber.of(1);
                })
                // Its end tells that the other has begun.
                .method("quick", (arguments, context) -> {
                    hanging.await();
                    return JsonNumber.of(2);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingTheCallingThreadStopsTheModel(boolean virtual) throws Exception {
        model.then(hangingAfter("Once upon")).says("fine");
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        Running<TurnResult> turn = Sessions.start(virtual, () -> conversation.send("tell me a story", frames));
        frames.await(TurnFrame.Text.class);

        turn.thread().interrupt();

        var thrown = assertThrows(ExecutionException.class, turn::get);
        assertInstanceOf(InterruptedException.class, thrown.getCause());
        assertEquals(0, modelStopped.getCount(), "the model had stopped before send threw");
        assertEquals(
                List.of(new Message.User("tell me a story"), new Message.Assistant("Once upon")),
                conversation.history());
        assertEquals(
                Outcome.INTERRUPTED,
                frames.of(TurnFrame.TurnEnd.class).getFirst().outcome());
        assertEquals("fine", conversation.send("go on", frames).text());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingTheCallingThreadStopsTheTools(boolean virtual) throws Exception {
        model.calls(call("a", "t__quick", "{}"), call("b", "t__hang", "{}"));
        Conversation conversation =
                Conversation.builder(model, hangingTool().alone()).build();
        Running<TurnResult> turn = Sessions.start(virtual, () -> conversation.send("go", frames));
        frames.await(TurnFrame.ToolFinished.class);
        turn.thread().interrupt();

        assertInstanceOf(
                InterruptedException.class,
                assertThrows(ExecutionException.class, turn::get).getCause());
        assertTrue(toolStopped.await(20, TimeUnit.SECONDS));
        assertEquals(List.of("2", "interrupted by the user"), Sessions.results(conversation.history()));
        Sessions.assertConsistent(conversation.history());
        assertInstanceOf(Message.Assistant.class, conversation.history().getLast());
    }

    @Test
    void interruptEndsTheTurnWithWhatWasSaid() throws Exception {
        model.then(hangingAfter("Once upon"));
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        Running<TurnResult> turn = Sessions.start(true, () -> conversation.send("tell me", frames));
        frames.await(TurnFrame.Text.class);
        conversation.interrupt();
        TurnResult result = turn.get();
        assertEquals(Outcome.INTERRUPTED, result.outcome());
        assertEquals("Once upon", result.text());
    }

    @Test
    void interruptWithoutATurnDoesNothing() throws Exception {
        Conversation conversation =
                Conversation.builder(model.says("one"), NO_TOOLS).build();
        conversation.interrupt();
        assertEquals(Outcome.COMPLETED, conversation.send("1", frames).outcome());
    }

    @Test
    void aSinkMayInterrupt() throws Exception {
        model.then(hangingAfter("Once upon"));
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        TurnResult result = conversation.send("tell me", frame -> {
            if (frame instanceof TurnFrame.Text) {
                conversation.interrupt();
            }
        });
        assertEquals(Outcome.INTERRUPTED, result.outcome());
    }

    @Test
    void theModelDoesNotRunAheadOfASlowSink() throws Exception {
        model.then((context, sink) -> {
            LLMResponse.Collector collector = ScriptedModel.begin(sink);
            try {
                for (int i = 0; i < 10_000; i++) {
                    collector.accept(new LLMFrame.Text("x"));
                }
            } finally {
                modelStopped.countDown();
            }
            throw new AssertionError("the model could say everything although nobody listened");
        });
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        TurnResult result = conversation.send("go", frame -> {
            if (frame instanceof TurnFrame.Text && modelStopped.getCount() > 0) {
                conversation.interrupt();
                try {
                    assertTrue(modelStopped.await(20, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            frames.accept(frame);
        });
        assertEquals(Outcome.INTERRUPTED, result.outcome());
        assertTrue(result.text().length() <= 66, result.text());
        assertEquals(frames.text(), result.text(), "what is kept is what was delivered");
    }

    @Test
    void aTurnInterruptedBetweenResponseAndToolsCallsNone() throws Exception {
        Conversation[] self = new Conversation[1];
        AtomicBoolean called = new AtomicBoolean();
        TestTool tool = new TestTool("t").method("m", (arguments, context) -> {
            called.set(true);
            return JsonNumber.of(1);
        });
        model.then((context, sink) -> {
            LLMResponse.Collector collector = ScriptedModel.begin(sink);
            collector.accept(call("a", "t__m", "{}"));
            self[0].interrupt();
            return ScriptedModel.end(collector, io.pipecat.api.llm.FinishReason.TOOL_CALLS);
        });
        self[0] = Conversation.builder(model, tool.alone()).build();
        assertEquals(Outcome.INTERRUPTED, self[0].send("go", frames).outcome());
        Sessions.assertConsistent(self[0].history());
        assertFalse(called.get());
    }

    @Test
    void aNewMessageInterruptsTheOldTurn() throws Exception {
        model.then(hangingAfter("Once upon")).says("fine");
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        Frames first = new Frames();
        Running<TurnResult> turn = Sessions.start(true, () -> conversation.send("tell me", first));
        first.await(TurnFrame.Text.class);

        TurnResult second = conversation.send("stop it", frames);

        assertEquals("fine", second.text());
        assertEquals(new TurnResult("Once upon", Outcome.INTERRUPTED, io.pipecat.api.llm.Usage.NONE, 0), turn.get());
        assertEquals(
                List.of(
                        new Message.User("tell me"),
                        new Message.Assistant("Once upon"),
                        new Message.User("stop it"),
                        new Message.Assistant("fine")),
                conversation.history());
        assertEquals(
                Outcome.INTERRUPTED,
                first.of(TurnFrame.TurnEnd.class).getFirst().outcome());
    }

    @Test
    void aNewMessageInterruptsRunningTools() throws Exception {
        model.saysAndCalls("Let me see.", call("a", "t__hang", "{}")).says("fine");
        Conversation conversation =
                Conversation.builder(model, hangingTool().alone()).build();
        Frames first = new Frames();
        Running<TurnResult> turn = Sessions.start(false, () -> conversation.send("go", first));
        first.await(TurnFrame.ToolProgress.class);
        assertEquals("fine", conversation.send("stop", frames).text());
        assertEquals("Let me see.", turn.get().text());
        assertEquals(0, toolStopped.getCount());
        assertTrue(first.of(TurnFrame.ToolFinished.class).getFirst().error());
        Sessions.assertConsistent(model.asked.getLast().messages());
    }

    /** Ends its work when it is interrupted, and says so. */
    private TestTool finishingTool(Optional<Duration> timeout) {
        return new TestTool("t").method("finish", TestTool.ANYTHING, false, timeout, (arguments, context) -> {
            hanging.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                toolStopped.countDown();
            }
            return new JsonString("sent");
        });
    }

    @Test
    void aToolThatFinishesWhenItIsInterruptedHasDoneItsWork() throws Exception {
        model.calls(call("a", "t__finish", "{}"));
        Conversation conversation = Conversation.builder(
                        model, finishingTool(Optional.of(Duration.ofMinutes(5))).alone())
                .graces(Duration.ofSeconds(20), Duration.ofSeconds(20))
                .build();
        Running<TurnResult> turn = Sessions.start(true, () -> conversation.send("go", frames));
        assertTrue(hanging.await(20, TimeUnit.SECONDS));

        conversation.interrupt();

        assertEquals(Outcome.INTERRUPTED, turn.get().outcome());
        assertEquals(List.of("\"sent\""), Sessions.results(conversation.history()));
        assertFalse(frames.of(TurnFrame.ToolFinished.class).getFirst().error());
    }

    @Test
    void aToolThatFinishesJustAfterItsDeadlineHasDoneItsWork() throws Exception {
        model.calls(call("a", "t__finish", "{}")).says("done");
        Conversation conversation = Conversation.builder(
                        model, finishingTool(Optional.of(Duration.ofMillis(20))).alone())
                .graces(Duration.ofSeconds(20), Duration.ofSeconds(20))
                .build();
        assertEquals(Outcome.COMPLETED, conversation.send("go", frames).outcome());
        assertEquals(0, toolStopped.getCount());
        assertEquals(List.of("\"sent\""), Sessions.results(conversation.history()));
    }

    @Test
    void aToolThatIgnoresInterruptionIsLeftBehind() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        TestTool tool = new TestTool("t").method("stubborn", (arguments, context) -> {
            begun.countDown();
            while (true) {
                try {
                    release.await();
                    return JsonNumber.of(1);
                } catch (InterruptedException e) {
                    context.report("not now");
                }
            }
        });
        model.calls(call("a", "t__stubborn", "{}"));
        Conversation conversation = Conversation.builder(model, tool.alone())
                .graces(Duration.ofMillis(20), Duration.ofMillis(20))
                .build();
        Running<TurnResult> turn = Sessions.start(true, () -> conversation.send("go", frames));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        conversation.interrupt();
        assertEquals(Outcome.INTERRUPTED, turn.get().outcome());
        assertEquals(List.of("interrupted by the user"), Sessions.results(conversation.history()));
        release.countDown();
    }

    @Test
    void aModelThatIgnoresInterruptionIsLeftBehindAndItsLaterWordsAreLost() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        AtomicBoolean cancelled = new AtomicBoolean();
        model.then((context, sink) -> {
                    LLMResponse.Collector collector = ScriptedModel.begin(sink);
                    collector.accept(new LLMFrame.Text("Once"));
                    while (release.getCount() > 0) {
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            // Deaf on purpose.
                            cancelled.set(true);
                        }
                    }
                    try {
                        collector.accept(new LLMFrame.Text(" upon"));
                    } finally {
                        refused.countDown();
                    }
                    throw new AssertionError("never");
                })
                .says("fine");
        Conversation conversation = Conversation.builder(model, NO_TOOLS)
                .graces(Duration.ofMillis(20), Duration.ofMillis(20))
                .build();
        Running<TurnResult> turn = Sessions.start(true, () -> conversation.send("tell me", frames));
        frames.await(TurnFrame.Text.class);
        conversation.interrupt();
        assertEquals("Once", turn.get().text());
        release.countDown();
        assertTrue(refused.await(20, TimeUnit.SECONDS));
        assertTrue(cancelled.get());
        assertEquals("fine", conversation.send("next", frames).text());
        assertFalse(conversation.history().toString().contains("upon"));
    }

    @Test
    void closingEndsTheTurnAndRefusesFurtherOnes() throws Exception {
        model.then(hangingAfter("Once upon"));
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        Running<TurnResult> turn = Sessions.start(true, () -> conversation.send("tell me", frames));
        frames.await(TurnFrame.Text.class);
        conversation.close();
        assertEquals(2, conversation.history().size(), "the turn had ended when close returned");
        assertEquals(Outcome.INTERRUPTED, turn.get().outcome());
        assertThrows(IllegalStateException.class, () -> conversation.send("more", frames));
        conversation.close();
    }

    @Test
    void aSinkCannotSend() throws Exception {
        model.says("one");
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        assertThrows(
                IllegalStateException.class,
                () -> conversation.send("1", frame -> {
                    try {
                        conversation.send("2", frames);
                    } catch (io.pipecat.api.llm.LLMException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
    }

    @Test
    void ofSeveralThatWaitTheLastIsAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TestTool stubborn = new TestTool("t").method("stubborn", (arguments, context) -> {
            begun.countDown();
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    context.report("not now");
                }
            }
            return JsonNumber.of(1);
        });
        model.calls(call("a", "t__stubborn", "{}")).says("fine");
        Conversation conversation = Conversation.builder(model, stubborn.alone())
                .graces(Duration.ofSeconds(20), Duration.ofSeconds(20))
                .build();
        Running<TurnResult> first = Sessions.start(true, () -> conversation.send("1", new Frames()));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        Running<TurnResult> second = Sessions.start(false, () -> conversation.send("2", new Frames()));
        awaitWaiting(second.thread());
        Running<TurnResult> third = Sessions.start(false, () -> conversation.send("3", new Frames()));
        awaitWaiting(third.thread());
        release.countDown();

        assertEquals(Outcome.INTERRUPTED, first.get().outcome());
        assertEquals(Outcome.INTERRUPTED, second.get().outcome());
        assertEquals("fine", third.get().text());
        assertEquals(
                new Message.User("2\n\n3"), model.asked.getLast().messages().getLast(), "what was said is not lost");
    }

    /** Returns when a platform thread stands in line: a thread may well wait for something else before it gets there. */
    private static void awaitWaiting(Thread thread) {
        while (!standsInLine(thread)) {
            Thread.onSpinWait();
        }
    }

    private static boolean standsInLine(Thread thread) {
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        return stack.stream().anyMatch(element -> element.getMethodName().equals("await"))
                && stack.stream().anyMatch(element -> element.getClassName().equals(Floor.class.getName()));
    }
}
