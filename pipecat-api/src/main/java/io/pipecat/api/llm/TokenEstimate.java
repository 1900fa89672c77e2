package io.pipecat.api.llm;

import java.nio.charset.StandardCharsets;

/** Estimates tokens where no tokenizer is at hand. */
final class TokenEstimate {
    private static final int OVERHEAD = 8;
    private static final int BYTES_PER_TOKEN = 3;

    private TokenEstimate() {}

    static int of(LLMContext context) {
        long tokens = 0;
        for (Message message : context.messages()) {
            tokens += OVERHEAD + ofText(message.text());
            if (message instanceof Message.Assistant assistant) {
                for (ToolCall call : assistant.toolCalls()) {
                    tokens += OVERHEAD + ofText(call.name()) + ofText(call.argumentsJson());
                }
            }
        }
        for (FunctionSpec function : context.functions()) {
            tokens += OVERHEAD + ofText(function.name()) + ofText(function.description());
            tokens += ofText(function.parameters().toString());
        }
        return (int) Math.min(tokens, Integer.MAX_VALUE);
    }

    private static long ofText(String text) {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
