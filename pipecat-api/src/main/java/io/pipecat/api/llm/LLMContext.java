package io.pipecat.api.llm;

import java.util.List;

/**
 * What a model gets to see: the messages so far and the functions that it may call. Immutable.
 *
 * @param messages oldest first
 * @param functions what may be called; empty if nothing
 * @param options how to answer
 */
public record LLMContext(List<Message> messages, List<FunctionSpec> functions, GenerationOptions options) {

    /** Copies the lists. */
    public LLMContext {
        messages = List.copyOf(messages);
        functions = List.copyOf(functions);
    }

    /**
     * A context without functions, answered in the implementation's own way.
     *
     * @param messages oldest first
     * @return the context
     */
    public static LLMContext of(Message... messages) {
        return new LLMContext(List.of(messages), List.of(), GenerationOptions.DEFAULT);
    }
}
