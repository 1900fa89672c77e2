package io.pipecat.api.llm;

/** Why a model stopped. */
public enum FinishReason {
    /** It had said what it wanted to say. */
    STOP,
    /** It waits for the results of its tool calls. */
    TOOL_CALLS,
    /** It reached the limit of tokens; the text is cut off. */
    LENGTH,
    /** A filter of its provider stopped it. */
    CONTENT_FILTER,
    /** The provider gave no reason, or one that is not known here. */
    OTHER
}
