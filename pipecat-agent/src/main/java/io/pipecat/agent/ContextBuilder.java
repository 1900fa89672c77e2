package io.pipecat.agent;

import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes of a window what the model gets. Nothing that changes from turn to turn comes before the messages, so that a model can keep what it
 * has read of the prompt.
 *
 * @param systemPrompt what the model is told about itself; none if blank
 * @param functions what it may call
 * @param generation how it is to answer
 */
record ContextBuilder(String systemPrompt, List<FunctionSpec> functions, GenerationOptions generation) {
    private static final String LAST_STEP =
            "\n\n(No further function can be called in this turn: answer now with what you know.)";

    LLMContext build(Window window) {
        return new LLMContext(messages(window), functions, generation);
    }

    /** The context of a response that has to be an answer. The hint is not kept in the history. */
    LLMContext buildLast(Window window) {
        List<Message> messages = messages(window);
        if (messages.getLast() instanceof Message.ToolResult result) {
            messages.set(
                    messages.size() - 1,
                    new Message.ToolResult(result.callId(), result.name(), result.text() + LAST_STEP, result.error()));
        }
        return new LLMContext(messages, List.of(), generation);
    }

    private List<Message> messages(Window window) {
        List<Message> messages = new ArrayList<>();
        List<Message> all = window.messages();
        String summary = History.summary(all).map(Message::text).orElse("");
        // One system prompt and strictly alternating roles: the templates of many models take nothing else.
        String system = String.join(
                "\n\n",
                Stream.of(systemPrompt, summary).filter(text -> !text.isBlank()).toList());
        if (!system.isEmpty()) {
            messages.add(new Message.SystemPrompt(system));
        }
        for (Message message : all.subList(summary.isEmpty() ? 0 : 1, all.size())) {
            if (message instanceof Message.User user
                    && !messages.isEmpty()
                    && messages.getLast() instanceof Message.User before) {
                messages.set(messages.size() - 1, new Message.User(before.text() + "\n\n" + user.text()));
            } else {
                messages.add(message);
            }
        }
        return messages;
    }
}
