package io.pipecat.llm.local.chat;

import java.util.function.ToIntFunction;

/**
 * How much a prompt may take.
 *
 * @param tokens the most tokens
 * @param counter counts the tokens of a prompt
 */
public record TokenRoom(int tokens, ToIntFunction<String> counter) {
    boolean fits(String prompt) {
        return counter.applyAsInt(prompt) <= tokens;
    }
}
