package io.pipecat.api.llm;

/** What a model pushes while it answers. */
public sealed interface LLMFrame
        permits LLMFrame.ResponseStart, LLMFrame.Text, LLMFrame.Reasoning, ToolCall, LLMFrame.ResponseEnd {

    /**
     * The model has begun to answer.
     *
     * @param model the model's own name for itself
     */
    record ResponseStart(String model) implements LLMFrame {}

    /**
     * A piece of the answer.
     *
     * @param text the piece; not empty, whole characters (never half a surrogate pair)
     */
    record Text(String text) implements LLMFrame {}

    /**
     * A piece of what the model thinks aloud before it answers; not part of the answer.
     *
     * @param text the piece; not empty
     */
    record Reasoning(String text) implements LLMFrame {}

    /**
     * The model has answered.
     *
     * @param reason why it stopped
     * @param usage what it took
     */
    record ResponseEnd(FinishReason reason, Usage usage) implements LLMFrame {}
}
