package io.pipecat.agent;

/** How a turn ended. */
public enum Outcome {
    /** The model said what it wanted to say. */
    COMPLETED,
    /** Somebody interrupted it: {@link Conversation#interrupt()}, a new message, or {@link Conversation#close()}. */
    INTERRUPTED,
    /** The model still wanted to call tools after the last step; the text is what it could say without them. */
    STEP_LIMIT,
    /** The answer reached the model's limit of tokens; the text is cut off. */
    LENGTH
}
