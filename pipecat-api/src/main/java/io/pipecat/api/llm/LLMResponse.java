package io.pipecat.api.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a model answered, complete.
 *
 * @param model the model's own name for itself
 * @param text the answer; empty if it only called tools
 * @param reasoning what it thought aloud; empty if nothing
 * @param toolCalls what it wants called, in order
 * @param reason why it stopped
 * @param usage what it took
 */
public record LLMResponse(
        String model, String text, String reasoning, List<ToolCall> toolCalls, FinishReason reason, Usage usage) {

    /** Copies the calls. */
    public LLMResponse {
        toolCalls = List.copyOf(toolCalls);
    }

    /**
     * Returns the response as a message for the next context.
     *
     * @return the message, without the reasoning
     */
    public Message.Assistant toMessage() {
        return new Message.Assistant(text, toolCalls);
    }

    /**
     * Adds up frames. An implementation of {@link LLMService} pushes its frames through one, so that the response it
     * returns is what it pushed. Not thread-safe.
     */
    public static final class Collector implements Consumer<LLMFrame> {
        private final Consumer<? super LLMFrame> sink;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final List<ToolCall> toolCalls = new ArrayList<>();
        private String model = "";
        private FinishReason reason = FinishReason.OTHER;
        private Usage usage = Usage.NONE;

        /**
         * Makes a collector that passes every frame on.
         *
         * @param sink takes the frames
         */
        public Collector(Consumer<? super LLMFrame> sink) {
            this.sink = sink;
        }

        @Override
        public void accept(LLMFrame frame) {
            switch (frame) {
                case LLMFrame.ResponseStart start -> model = start.model();
                case LLMFrame.Text piece -> text.append(piece.text());
                case LLMFrame.Reasoning piece -> reasoning.append(piece.text());
                case ToolCall call -> toolCalls.add(call);
                case LLMFrame.ResponseEnd end -> {
                    reason = end.reason();
                    usage = end.usage();
                }
            }
            sink.accept(frame);
        }

        /**
         * Returns whether a text, a reasoning or a tool call has been pushed, after which nothing may start over.
         *
         * @return whether the receiver has seen anything of the answer
         */
        public boolean hasContent() {
            return !text.isEmpty() || !reasoning.isEmpty() || !toolCalls.isEmpty();
        }

        /**
         * Returns the sum of the frames so far.
         *
         * @return the response
         */
        public LLMResponse response() {
            return new LLMResponse(model, text.toString(), reasoning.toString(), toolCalls, reason, usage);
        }
    }
}
