package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.llm.local.gguf.GgufHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class HomeHistoryTest {
    private static final int WINDOW = 512;
    private static final ToolDialect HOME = Dialects.of(
            new GgufHeader(
                    Path.of("m.gguf"), 1, "llama", "pipecat-home", 1024, "", "llama", 1, Set.of(), List.of(), false, 1),
            messages -> "");

    /** Counts four characters as a token, and what it was given. */
    private static final class Counter implements ToIntFunction<String> {
        private int calls;
        private long characters;

        @Override
        public int applyAsInt(String prompt) {
            calls++;
            characters += prompt.length();
            return (prompt.length() + 3) / 4;
        }
    }

    private final Counter counter = new Counter();

    private String prompt(LLMContext context) {
        return HOME.prompt(context, new TokenRoom(800, counter));
    }

    private static LLMContext conversation(int exchanges, String last) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < exchanges; i++) {
            String id = "call" + i;
            messages.add(new Message.User("What is " + i + " + 1?"));
            messages.add(new Message.Assistant(
                    "", List.of(new ToolCall(id, HomeFunctions.CALCULATE, "{\"expression\":\"" + i + "+1\"}"))));
            messages.add(new Message.ToolResult(id, HomeFunctions.CALCULATE, String.valueOf(i + 1), false));
            messages.add(new Message.Assistant(i + "+1 = " + (i + 1) + "."));
        }
        messages.add(new Message.User(last));
        return LLMContext.of(messages.toArray(Message[]::new));
    }

    @Test
    void costsTheSameHoweverLongTheConversationIs() {
        prompt(conversation(300, "Hello"));

        assertTrue(counter.calls <= 10, "tokenizer calls: " + counter.calls);
        assertTrue(counter.characters < 40_000, "characters: " + counter.characters);
    }

    @Test
    void showsTheNewestExchangesThatFitWholeAndInOrder() {
        String prompt = prompt(conversation(300, "Hello"));

        assertTrue(counter.applyAsInt(prompt) <= WINDOW, prompt);
        assertTrue(prompt.contains("<|im_start|>user\nHello<|im_end|>"), prompt);
        assertTrue(prompt.contains("298+1 = 299.<|im_end|>\n<|im_start|>user\nWhat is 299 + 1?"), prompt);
        int shown = prompt.split("What is", -1).length - 1;
        int oneMore = conversation(1, "x").messages().size();
        assertTrue(shown >= 2, prompt);
        assertEquals(shown, prompt.split("<tool_call>", -1).length - 1);
        List<Message> all = conversation(300, "Hello").messages();
        int more = (shown + 1) * (oneMore - 1) + 1;
        LLMContext next =
                LLMContext.of(all.subList(all.size() - more, all.size()).toArray(Message[]::new));
        assertTrue(HOME.countTokens(next, counter) > WINDOW, "one more would have fitted");
        assertEquals(prompt, prompt(next));
    }

    @Test
    void countsWhatItDoesNotShow() {
        int short60 = HOME.countTokens(conversation(60, "Hello"), counter);
        int long300 = HOME.countTokens(conversation(300, "Hello"), counter);

        assertTrue(short60 > 1024, "over the context: " + short60);
        assertTrue(long300 > 4 * short60, "60: " + short60 + ", 300: " + long300);
        assertEquals(2, counter.calls);
        assertTrue(counter.characters < 20_000, "characters: " + counter.characters);
        int before = Integer.MAX_VALUE;
        for (int exchanges = 100; exchanges >= 0; exchanges--) {
            int count = HOME.countTokens(conversation(exchanges, "Hello"), counter);
            assertTrue(count < before, "dropping an exchange makes it shorter: " + exchanges);
            before = count;
        }
    }

    @Test
    void countsNothingThatItReplacesOrLeavesOut() {
        LLMContext plain = LLMContext.of(new Message.User("Hello"));
        LLMContext instructed =
                LLMContext.of(new Message.SystemPrompt("You are Jarvis. ".repeat(500)), new Message.User("Hello"));

        assertEquals(HOME.countTokens(plain, counter), HOME.countTokens(instructed, counter));
    }

    @Test
    void showsTheNewestExchangeHoweverLongItIs() {
        String prompt = prompt(conversation(3, "hello ".repeat(2000)));

        assertTrue(prompt.contains("hello ".repeat(1999)), "it is for the service to refuse");
        assertFalse(prompt.contains("What is"), "and nothing beside it");
    }
}
