package io.pipecat.agent;

import static io.pipecat.agent.ScriptedModel.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Frames;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.tool.ToolCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scripted model counts a token for each character, so all sizes here are characters. */
@Timeout(60)
class CompactionTest {
    private static final ToolCatalogue NO_TOOLS = ToolCatalogue.of(List.of());
    private static final String SYSTEM = "S".repeat(50);

    private final ScriptedModel model = new ScriptedModel();
    private final Frames frames = new Frames();

    private static List<Message> turns(int number, int size) {
        List<Message> history = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            history.add(new Message.User(("u" + i + " ").repeat(size).substring(0, size)));
            history.add(new Message.Assistant(("a" + i + " ").repeat(size).substring(0, size)));
        }
        return history;
    }

    private Conversation conversation(List<Message> history, ToolCatalogue tools) {
        return Conversation.builder(model, tools)
                .systemPrompt(SYSTEM)
                .history(history)
                .options(ConversationOptions.DEFAULT.withGeneration(GenerationOptions.DEFAULT.withMaxTokens(200)))
                .build();
    }

    @Test
    void nothingHappensBelowTheThreshold() throws Exception {
        model.withContext(4000).says("ok");
        conversation(turns(10, 100), NO_TOOLS).send("hi", frames);
        assertEquals(1, model.asked.size());
        assertEquals(List.of(), frames.of(TurnFrame.Notice.class));
    }

    @Test
    void theOldestTurnsAreSummarisedByTheModel() throws Exception {
        model.withContext(4000).says("They talked about u0.").says("ok");
        Conversation conversation = conversation(turns(20, 100), NO_TOOLS);

        TurnResult result = conversation.send("hi", frames);

        LLMContext summary = model.asked.getFirst();
        assertTrue(summary.messages().getLast().text().contains("User: u0 u0"));
        assertTrue(summary.functions().isEmpty());
        assertEquals(500, summary.options().maxTokens().orElseThrow());
        LLMContext answered = model.asked.getLast();
        assertEquals(
                SYSTEM + "\n\nSummary of the conversation so far:\nThey talked about u0.",
                answered.messages().getFirst().text());
        assertEquals(new Message.User("hi"), answered.messages().getLast());
        assertTrue(answered.messages().toString().contains("u19"));
        assertFalse(answered.messages().toString().contains("u1 "));
        assertTrue(model.countTokens(answered) < 2000, "room for some turns before the next summary");
        assertEquals(1, frames.of(TurnFrame.Notice.class).size());
        assertEquals(new io.pipecat.api.llm.Usage(20, 10), result.usage(), "the summary counts");
        assertEquals(
                new Message.SystemPrompt("Summary of the conversation so far:\nThey talked about u0."),
                conversation.history().getFirst());
    }

    @Test
    void aSummaryIsKeptWhenTheConversationIsStoredAndSummarisedWithTheRest() throws Exception {
        List<Message> history = new ArrayList<>();
        history.add(new Message.SystemPrompt("Summary of the conversation so far:\nHis name is Bo."));
        history.addAll(turns(20, 100));
        model.withContext(4000).says("Bo again.").says("ok");
        conversation(history, NO_TOOLS).send("hi", frames);
        assertTrue(model.asked.getFirst().messages().getLast().text().contains("His name is Bo."));
        String system = model.asked.getLast().messages().getFirst().text();
        assertTrue(system.endsWith("\nBo again."), system);
        assertFalse(system.contains("His name"), system);
    }

    @Test
    void theOldestTurnsAreDroppedWhereTheSummaryFails() throws Exception {
        model.withContext(4000).fails(LLMException.Reason.TIMEOUT, "too slow").says("ok");
        Conversation conversation = conversation(turns(20, 100), NO_TOOLS);
        conversation.send("hi", frames);
        LLMContext answered = model.asked.getLast();
        assertEquals(SYSTEM, answered.messages().getFirst().text());
        assertInstanceOf(Message.User.class, answered.messages().get(1));
        assertTrue(model.countTokens(answered) <= 3200);
        assertTrue(model.countTokens(answered) > 3000, "no more than needed");
        assertTrue(frames.of(TurnFrame.Notice.class).getFirst().message().contains("forgotten"));
    }

    @Test
    void theOldestTurnsAreDroppedWhereTheSummaryIsTooLongOrEmpty() throws Exception {
        for (String useless : List.of("x".repeat(5000), " ")) {
            ScriptedModel own =
                    new ScriptedModel().withContext(4000).says(useless).says("ok");
            Frames seen = new Frames();
            Conversation.builder(own, NO_TOOLS).history(turns(20, 100)).build().send("hi", seen);
            assertTrue(seen.of(TurnFrame.Notice.class).getFirst().message().contains("forgotten"));
        }
    }

    @Test
    void aSmallModelIsNotAskedForASummary() throws Exception {
        model.withContext(1000).says("ok");
        conversation(turns(20, 100), NO_TOOLS).send("hi", frames);
        assertEquals(1, model.asked.size());
        assertTrue(model.countTokens(model.asked.getFirst()) <= 800);
    }

    @Test
    void noMoreIsDroppedThanNeeded() throws Exception {
        for (int turns = 45; turns < 90; turns++) {
            ScriptedModel own = new ScriptedModel().withContext(1000).says("ok");
            Conversation.builder(own, NO_TOOLS)
                    .systemPrompt(SYSTEM)
                    .history(turns(turns, 10))
                    .build()
                    .send("hi", frames);
            int count = own.countTokens(own.asked.getFirst());
            int limit = 1000 - 1000 / 4;
            assertTrue(count <= limit && count > limit - 20, turns + " turns became " + count);
        }
    }

    @Test
    void anInterruptionWhileSummarisingLosesNothing() throws Exception {
        Conversation[] self = new Conversation[1];
        model.withContext(4000).then((context, sink) -> {
            self[0].interrupt();
            new java.util.concurrent.CountDownLatch(1).await();
            throw new AssertionError("never");
        });
        List<Message> history = turns(20, 100);
        self[0] = conversation(history, NO_TOOLS);
        assertEquals(Outcome.INTERRUPTED, self[0].send("hi", frames).outcome());
        assertEquals(history, self[0].history().subList(0, history.size()));
    }

    @Test
    void anOverflowThatTheModelReportsIsAnsweredByDroppingMore() throws Exception {
        model.withContext(4000)
                .fails(LLMException.Reason.CONTEXT_OVERFLOW, "too long")
                .fails(LLMException.Reason.CONTEXT_OVERFLOW, "still too long")
                .says("ok");
        Conversation conversation = conversation(turns(10, 100), NO_TOOLS);
        assertEquals("ok", conversation.send("hi", frames).text());
        int first = model.countTokens(model.asked.get(0));
        int second = model.countTokens(model.asked.get(1));
        int third = model.countTokens(model.asked.get(2));
        assertTrue(first > second && second > third, first + " " + second + " " + third);
        Sessions.assertConsistent(conversation.history());
    }

    @Test
    void anOverflowThatCannotBeHelpedIsPassedOnAndNothingIsLost() {
        model.withContext(4000);
        for (int i = 0; i < 5; i++) {
            model.fails(LLMException.Reason.CONTEXT_OVERFLOW, "too long");
        }
        List<Message> history = turns(3, 100);
        Conversation conversation = conversation(history, NO_TOOLS);
        var thrown = assertThrows(LLMException.class, () -> conversation.send("hi", frames));
        assertEquals("too long", thrown.getMessage());
        assertEquals(history, conversation.history());
        assertTrue(model.asked.size() <= 4, "bounded");
    }

    @Test
    void aMessageThatCannotFitIsRefusedWithASentence() {
        model.withContext(1000);
        Conversation conversation = conversation(turns(1, 100), NO_TOOLS);
        var thrown = assertThrows(LLMException.class, () -> conversation.send("m".repeat(900), frames));
        assertEquals(LLMException.Reason.CONTEXT_OVERFLOW, thrown.reason());
        assertTrue(thrown.getMessage().contains("about 950 of 1000 tokens"), thrown.getMessage());
        assertEquals(2, conversation.history().size());
        assertEquals(0, model.asked.size());
    }

    @Test
    void theLongestResultsOfTheTurnAreCutWhereItAloneIsTooLong() throws Exception {
        TestTool tool = new TestTool("t")
                .method("long", (arguments, context) -> new JsonString("L".repeat(3000)))
                .method("short", (arguments, context) -> new JsonString("S".repeat(100)));
        model.withContext(2000)
                .calls(call("a", "t__long", "{}"), call("b", "t__short", "{}"))
                .says("ok");
        Conversation conversation = conversation(List.of(), tool.alone());
        assertEquals("ok", conversation.send("hi", frames).text());
        assertTrue(model.countTokens(model.asked.getLast()) <= 1800);
        List<String> results = Sessions.results(conversation.history());
        assertTrue(results.getFirst().contains("of 3002 characters"), results.getFirst());
        assertEquals("\"" + "S".repeat(100) + "\"", results.getLast());
        assertTrue(frames.of(TurnFrame.Notice.class).getFirst().message().contains("were cut"));
    }

    /** Whatever the history and the size of the context: pairs stay whole, the prompt and the message stay, and it fits. */
    @Test
    void pairsAreNeverParted() throws Exception {
        Random random = new Random(20261101);
        for (int round = 0; round < 300; round++) {
            List<Message> history = randomHistory(random);
            ScriptedModel own = new ScriptedModel().withContext(400 + random.nextInt(4000));
            // For a summary, if one is asked for, and for the answer.
            own.says("y".repeat(random.nextInt(600) + 1)).says("z");
            Conversation conversation = Conversation.builder(own, NO_TOOLS)
                    .systemPrompt(SYSTEM)
                    .history(history)
                    .build();
            List<Message> before = conversation.history();
            Sessions.assertConsistent(before);
            conversation.send("the message", new Frames());

            LLMContext asked = own.asked.getLast();
            Sessions.assertConsistent(asked.messages());
            assertTrue(asked.messages().getFirst().text().startsWith(SYSTEM), () -> "prompt lost: " + asked);
            assertTrue(asked.messages().getLast().text().endsWith("the message"), () -> "message lost: " + asked);
            assertTrue(own.countTokens(asked) <= own.contextTokens() * 3 / 4 + 1, () -> "does not fit: " + asked);
            Sessions.assertConsistent(conversation.history());
            // What is left of the past is its end, whole and in order.
            List<Message> left = conversation.history().stream()
                    .filter(message -> !(message instanceof Message.SystemPrompt))
                    .toList();
            List<Message> past = left.subList(0, left.size() - 2);
            assertEquals(before.subList(before.size() - past.size(), before.size()), past);
            assertTrue(past.isEmpty() || past.getFirst() instanceof Message.User || past.size() == before.size());
        }
    }

    private static List<Message> randomHistory(Random random) {
        List<Message> history = new ArrayList<>();
        int turns = random.nextInt(12);
        for (int t = 0; t < turns; t++) {
            history.add(new Message.User("u".repeat(1 + random.nextInt(200))));
            int steps = random.nextInt(4);
            for (int s = 0; s < steps; s++) {
                List<ToolCall> calls = new ArrayList<>();
                for (int c = 0; c <= random.nextInt(3); c++) {
                    calls.add(call("c" + t + "." + s + "." + c, "x__y", "{\"a\":" + random.nextInt(100) + "}"));
                }
                history.add(new Message.Assistant(random.nextBoolean() ? "" : "hm", calls));
                for (ToolCall call : calls) {
                    history.add(new Message.ToolResult(
                            call.id(), call.name(), "r".repeat(random.nextInt(300)), random.nextBoolean()));
                }
            }
            if (random.nextInt(10) > 0) {
                history.add(new Message.Assistant("a".repeat(1 + random.nextInt(200))));
            }
        }
        return history;
    }
}
