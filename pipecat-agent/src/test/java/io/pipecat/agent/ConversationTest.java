package io.pipecat.agent;

import static io.pipecat.agent.ScriptedModel.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Frames;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.Usage;
import io.pipecat.api.tool.ToolCatalogue;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConversationTest {
    private static final ToolCatalogue NO_TOOLS = ToolCatalogue.of(List.of());
    private static final ToolCatalogue CALCULATOR = new TestTool("calculator")
            .method("evaluate", (arguments, context) -> JsonNumber.of(391))
            .alone();

    private final ScriptedModel model = new ScriptedModel();
    private final Frames frames = new Frames();

    @Test
    void answers() throws Exception {
        model.says("Hel", "lo.");
        Conversation conversation =
                Conversation.builder(model, NO_TOOLS).systemPrompt("Be brief.").build();

        TurnResult result = conversation.send("Hi", frames);

        assertEquals(new TurnResult("Hello.", Outcome.COMPLETED, ScriptedModel.USAGE, 1), result);
        assertInstanceOf(TurnFrame.TurnStart.class, frames.all.getFirst());
        assertEquals(
                List.of(
                        new TurnFrame.Text("Hel"),
                        new TurnFrame.Text("lo."),
                        new TurnFrame.TurnEnd(Outcome.COMPLETED, ScriptedModel.USAGE)),
                frames.all.subList(1, frames.all.size()));
        assertEquals(List.of(new Message.User("Hi"), new Message.Assistant("Hello.")), conversation.history());
        assertEquals(
                List.of(new Message.SystemPrompt("Be brief."), new Message.User("Hi")),
                model.asked.getFirst().messages());
    }

    @Test
    void callsAToolAndFeedsItsResultBack() throws Exception {
        model.saysAndCalls("Let me see.", call("a", "calculator__evaluate", "{\"expression\": \"17*23\"}"))
                .says("It is 391.");
        Conversation conversation = Conversation.builder(model, CALCULATOR).build();

        TurnResult result = conversation.send("What is 17 * 23?", frames);

        assertEquals("It is 391.", result.text());
        assertEquals(2, result.steps());
        assertEquals(new Usage(20, 10), result.usage());
        assertEquals(
                new Message.ToolResult("a", "calculator__evaluate", "391", false),
                model.asked.getLast().messages().getLast());
        var started = frames.of(TurnFrame.ToolStarted.class).getFirst();
        assertEquals("calculator.evaluate", started.name());
        assertEquals("17*23", started.arguments().string("expression").orElseThrow());
        var finished = frames.of(TurnFrame.ToolFinished.class).getFirst();
        assertEquals(started.callId(), finished.callId());
        assertEquals("391", finished.resultText());
        Sessions.assertConsistent(conversation.history());
        assertEquals(4, conversation.history().size());
    }

    @Test
    void framesComeOnTheCallingThread() throws Exception {
        model.calls(call("a", "calculator__evaluate", "{}")).says("done");
        Thread caller = Thread.currentThread();
        Conversation.builder(model, CALCULATOR).build().send("go", frame -> assertSame(caller, Thread.currentThread()));
        assertEquals(2, model.asked.size());
    }

    @Test
    void thePromptBeginsTheSameWayInEveryTurn() throws Exception {
        model.says("one").says("two");
        Conversation conversation = Conversation.builder(model, CALCULATOR).build();
        conversation.send("1", frames);
        conversation.send("2", frames);
        var first = model.asked.get(0);
        var second = model.asked.get(1);
        assertEquals(first.functions(), second.functions());
        assertEquals(
                first.messages(), second.messages().subList(0, first.messages().size()));
    }

    @Test
    void systemNotesComeWithTheNextMessageOnce() throws Exception {
        model.fails(LLMException.Reason.UNAVAILABLE, "down").says("ok").says("ok");
        Conversation conversation =
                Conversation.builder(model, NO_TOOLS).systemPrompt("").build();
        conversation.addSystemNote("The door is open.");

        assertThrows(LLMException.class, () -> conversation.send("Hi", frames));
        conversation.send("Hi", frames);
        conversation.send("And now?", frames);

        assertEquals(
                "[System alert] The door is open.\n\nHi",
                model.asked.get(1).messages().getFirst().text());
        assertEquals("And now?", model.asked.get(2).messages().getLast().text());
    }

    @Test
    void ofManySystemNotesTheNewestAreTold() throws Exception {
        model.fails(LLMException.Reason.UNAVAILABLE, "down").says("ok");
        Conversation conversation =
                Conversation.builder(model, NO_TOOLS).systemPrompt("").build();
        for (int i = 0; i < 1000; i++) {
            conversation.addSystemNote("Note " + i + ".");
        }
        assertThrows(LLMException.class, () -> conversation.send("Hi", frames));
        conversation.addSystemNote("x".repeat(1000));
        conversation.send("Hi", frames);

        String told = model.asked.get(1).messages().getFirst().text();
        assertTrue(told.contains("Note 999."), told);
        assertTrue(told.endsWith("\n\nHi"), told);
        assertTrue(told.length() <= 4002 && told.length() > 3900, told.length() + " characters");
        conversation.addSystemNote("y".repeat(5000));
        model.says("ok");
        conversation.send("", frames);
        assertEquals(4000, model.asked.get(2).messages().getLast().text().length());
    }

    @Test
    void aTurnWithoutAnAnswerIsTakenBack() throws Exception {
        model.says("one")
                .fails(LLMException.Reason.UNAVAILABLE, "the endpoint refused")
                .says("two");
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        conversation.send("1", frames);
        List<Message> before = conversation.history();

        LLMException thrown = assertThrows(LLMException.class, () -> conversation.send("2", frames));
        assertEquals("the endpoint refused", thrown.getMessage());
        assertEquals(before, conversation.history());

        assertEquals("two", conversation.send("2", frames).text());
        assertEquals(4, conversation.history().size());
    }

    @Test
    void whatWasSaidStaysWhenTheStreamBreaks() throws Exception {
        model.then((context, sink) -> {
                    ScriptedModel.begin(sink).accept(new LLMFrame.Text("Once upon"));
                    throw new LLMException(LLMException.Reason.BROKEN_OFF, "the stream ended");
                })
                .says("a time");
        Conversation conversation =
                Conversation.builder(model, NO_TOOLS).systemPrompt("").build();
        conversation.addSystemNote("The door is open.");

        LLMException thrown = assertThrows(LLMException.class, () -> conversation.send("tell me", frames));

        assertEquals("the stream ended", thrown.getMessage());
        List<Message> kept = List.of(
                new Message.User("[System alert] The door is open.\n\ntell me"),
                new Message.Assistant("Once upon\n\n(the answer broke off here: the model failed)"));
        assertEquals(kept, conversation.history());
        conversation.send("go on", frames);
        assertEquals(
                List.of(kept.get(0), kept.get(1), new Message.User("go on")),
                model.asked.getLast().messages());
    }

    @Test
    void whatToolsDidStaysWhenTheModelFailsAfterwards() throws Exception {
        model.calls(call("a", "calculator__evaluate", "{}")).then((context, sink) -> {
            sink.accept(new LLMFrame.Text("It is"));
            throw new LLMException(LLMException.Reason.BROKEN_OFF, "the stream ended");
        });
        Conversation conversation = Conversation.builder(model, CALCULATOR).build();

        assertThrows(LLMException.class, () -> conversation.send("go", frames));

        assertEquals(List.of("391"), Sessions.results(conversation.history()));
        assertInstanceOf(Message.Assistant.class, conversation.history().getLast());
        assertTrue(conversation.history().getLast().text().startsWith("It is\n\n("));
        Sessions.assertConsistent(conversation.history());
        assertTrue(frames.of(TurnFrame.TurnEnd.class).isEmpty());
    }

    @Test
    void aFaultOfTheModelIsNotHidden() {
        model.then((context, sink) -> {
            throw new IllegalArgumentException("bug");
        });
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        var thrown = assertThrows(IllegalStateException.class, () -> conversation.send("go", frames));
        assertEquals("bug", java.util.Objects.requireNonNull(thrown.getCause()).getMessage());
        assertEquals(List.of(), conversation.history());
    }

    @Test
    void anExceptionOfTheSinkEndsTheTurnAndIsPassedOn() throws Exception {
        model.says("one", "two", "three").says("again");
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        AtomicInteger texts = new AtomicInteger();

        var thrown = assertThrows(
                IllegalArgumentException.class,
                () -> conversation.send("go", frame -> {
                    if (frame instanceof TurnFrame.Text) {
                        texts.incrementAndGet();
                        throw new IllegalArgumentException("the connection is gone");
                    }
                }));

        assertEquals("the connection is gone", thrown.getMessage());
        assertEquals(1, texts.get());
        assertEquals("again", conversation.send("still there?", frames).text());
    }

    @Test
    void stopsAtTheStepLimitWithAnAnswerWithoutTools() throws Exception {
        model.calls(call("a", "calculator__evaluate", "{\"n\":1}"))
                .calls(call("b", "calculator__evaluate", "{\"n\":2}"))
                .says("That is all I know.");
        Conversation conversation = Conversation.builder(model, CALCULATOR)
                .options(ConversationOptions.DEFAULT.withMaxSteps(2))
                .build();

        TurnResult result = conversation.send("go", frames);

        assertEquals(Outcome.STEP_LIMIT, result.outcome());
        assertEquals("That is all I know.", result.text());
        assertEquals(3, result.steps());
        assertEquals(List.of(), model.asked.getLast().functions());
        assertTrue(model.asked.getLast().messages().getLast().text().contains("answer now"));
        assertEquals(List.of("391", "391"), Sessions.results(conversation.history()), "the hint is not kept");
    }

    @Test
    void saysASentenceWhereTheModelHasNoneAtTheStepLimit() throws Exception {
        model.calls(call("a", "calculator__evaluate", "{}")).calls(call("b", "calculator__evaluate", "{}"));
        Conversation conversation = Conversation.builder(model, CALCULATOR)
                .options(ConversationOptions.DEFAULT.withMaxSteps(1))
                .build();
        TurnResult result = conversation.send("go", frames);
        assertEquals("I stopped after 1 rounds of tool calls without an answer.", result.text());
        assertEquals(result.text(), frames.text());
        assertEquals(result.text(), conversation.history().getLast().text());
        Sessions.assertConsistent(conversation.history());
    }

    @Test
    void tellsThatAnAnswerIsCutOff() throws Exception {
        model.then((context, sink) -> ScriptedModel.answer(sink, FinishReason.LENGTH, "Once upon"));
        TurnResult result = Conversation.builder(model, NO_TOOLS).build().send("go", frames);
        assertEquals(Outcome.LENGTH, result.outcome());
    }

    @Test
    void anEmptyAnswerLeavesAHistoryThatCanGoOn() throws Exception {
        model.calls(call("a", "calculator__evaluate", "{}")).says("").says("").says("fine");
        Conversation conversation =
                Conversation.builder(model, CALCULATOR).systemPrompt("").build();
        conversation.send("1", frames);
        assertEquals(1, frames.of(TurnFrame.Notice.class).size());
        assertEquals(
                new Message.Assistant("(no answer)"), conversation.history().getLast());
        conversation.send("2", frames);
        conversation.send("3", frames);
        // Two of the user in a row reach the model as one.
        assertEquals(
                new Message.User("2\n\n3"), model.asked.getLast().messages().getLast());
    }

    @Test
    void aStoredConversationGoesOn() throws Exception {
        model.says("one").says("two");
        Conversation first = Conversation.builder(model, NO_TOOLS).id("kitchen").build();
        first.send("1", frames);

        Conversation second = Conversation.builder(model, NO_TOOLS)
                .id(first.id())
                .systemPrompt("New.")
                .history(first.history())
                .build();
        second.send("2", frames);

        assertEquals("kitchen", second.id());
        assertEquals(
                List.of(
                        new Message.SystemPrompt("New."),
                        new Message.User("1"),
                        new Message.Assistant("one"),
                        new Message.User("2")),
                model.asked.getLast().messages());
    }

    @Test
    void aDamagedHistoryIsMended() {
        var calls = List.of(call("a", "x__y", "{}"), call("b", "x__y", "{}"));
        Conversation conversation = Conversation.builder(model, NO_TOOLS)
                .history(List.of(
                        new Message.SystemPrompt("old prompt"),
                        new Message.ToolResult("z", "x__y", "1", false),
                        new Message.User("1"),
                        new Message.Assistant("", calls),
                        new Message.ToolResult("b", "x__y", "2", false)))
                .build();
        assertEquals(
                List.of(
                        new Message.User("1"),
                        new Message.Assistant("", calls),
                        new Message.ToolResult("a", "x__y", "the result was not kept", true),
                        new Message.ToolResult("b", "x__y", "2", false)),
                conversation.history());
    }

    @Test
    void tellsWhenAnotherModelAnswers() throws Exception {
        model.says("one").then((context, sink) -> {
            sink.accept(new LLMFrame.ResponseStart("small"));
            return ScriptedModel.answer(frame -> {}, FinishReason.STOP, "two");
        });
        Conversation conversation = Conversation.builder(model, NO_TOOLS).build();
        conversation.send("1", frames);
        conversation.send("2", frames);
        assertEquals(
                List.of(new TurnFrame.Notice("Another model answers now: small instead of scripted.")),
                frames.of(TurnFrame.Notice.class));
    }

    @Test
    void refusesAnIdThatIsNoName() {
        var builder = Conversation.builder(model, NO_TOOLS);
        assertThrows(IllegalArgumentException.class, () -> builder.id("../x"));
    }
}
