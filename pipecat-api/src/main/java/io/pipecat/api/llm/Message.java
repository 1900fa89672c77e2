package io.pipecat.api.llm;

import java.util.List;

/** One message of a context. */
public sealed interface Message {

    /**
     * Returns the text of the message.
     *
     * @return the text; may be empty
     */
    String text();

    /**
     * What the model is told about itself and its task.
     *
     * @param text the instructions
     */
    record SystemPrompt(String text) implements Message {}

    /**
     * What the user said.
     *
     * @param text the text; control tokens in it are text, not control
     */
    record User(String text) implements Message {}

    /**
     * What the model said.
     *
     * @param text the text; empty if it only called tools
     * @param toolCalls what it called, in order
     */
    record Assistant(String text, List<ToolCall> toolCalls) implements Message {

        /** Copies the calls. */
        public Assistant {
            toolCalls = List.copyOf(toolCalls);
        }

        /**
         * A message without calls.
         *
         * @param text the text
         */
        public Assistant(String text) {
            this(text, List.of());
        }
    }

    /**
     * What a tool call gave. It follows the {@link Assistant} message that holds the call, in the order of the calls.
     *
     * @param callId {@link ToolCall#id()} of the call
     * @param name {@link ToolCall#name()} of the call
     * @param text the result as JSON text, or if {@code error} the sentence that says what went wrong
     * @param error whether the call failed
     */
    record ToolResult(String callId, String name, String text, boolean error) implements Message {}
}
