package io.pipecat.llm.local.chat;

import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** How a family of models is told of functions and calls them. Immutable; shared by all calls. */
public sealed interface ToolDialect permits JsonDialect, HomeDialect {

    /**
     * Writes a context as a prompt.
     *
     * @param context what was said and what may be called
     * @param room how much it may take; only a dialect that cuts by itself looks at it
     * @return the prompt
     */
    String prompt(LLMContext context, TokenRoom room);

    /**
     * Counts what a context takes, nothing cut, so that whoever holds the conversation can shorten it.
     *
     * @param context what was said and what may be called
     * @param counter counts the tokens of a prompt
     * @return the number of tokens; a dialect that cuts by itself may estimate what it would leave out
     */
    default int countTokens(LLMContext context, ToIntFunction<String> counter) {
        return counter.applyAsInt(prompt(context, new TokenRoom(Integer.MAX_VALUE, counter)));
    }

    /**
     * Makes a parser for one response.
     *
     * @param context the context it answers
     * @param out takes {@link LLMFrame.Text} and {@link io.pipecat.api.llm.ToolCall} as they are known
     * @return the parser
     */
    OutputParser parser(LLMContext context, Consumer<? super LLMFrame> out);

    /**
     * Returns the markers of the model.
     *
     * @return its control tokens
     */
    ControlTokens tokens();

    /**
     * Returns texts at which a response is over although they are no control tokens of the model.
     *
     * @return the texts
     */
    default Set<String> stops() {
        return Set.of();
    }

    /**
     * Returns whether a token that is control to the tokenizer means something to the parser.
     *
     * @param token a control token
     * @return whether the parser wants to see it
     */
    boolean reads(String token);

    /**
     * Returns whether the model can make use of being told that a call was wrong.
     *
     * @return whether to send a bad call back
     */
    boolean corrects();

    /**
     * Puts a request in another way, for a model whose calls did not agree with it.
     *
     * @param context the context that it was asked in
     * @return the other way; empty where there is none
     */
    default Optional<LLMContext> again(LLMContext context) {
        return Optional.empty();
    }

    /**
     * Returns an answer that needs no model, because this model would get it wrong.
     *
     * @param context the context
     * @return the answer; empty where the model is to answer
     */
    default Optional<String> ready(LLMContext context) {
        return Optional.empty();
    }

    /**
     * Returns the temperature for a model of this dialect if nobody sets one.
     *
     * @return 0 to 2
     */
    default double temperature() {
        return 0.7;
    }
}
