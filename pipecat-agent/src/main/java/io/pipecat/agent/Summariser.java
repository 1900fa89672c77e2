package io.pipecat.agent;

import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the model summarise what is about to be forgotten. */
final class Summariser {
    private static final Logger LOG = LoggerFactory.getLogger(Summariser.class);
    /** Below this a summary costs more of the context than it saves, and models that small do not write good ones. */
    private static final int SMALLEST_CONTEXT = 2048;

    private static final int MOST_TOKENS = 512;
    private static final int RESULT_SHOWN = 500;
    private static final String INSTRUCTIONS =
            "You summarise conversations between a user and an assistant. Keep names, numbers,"
                    + " decisions, wishes of the user and what is still open; leave out greetings and detours. Write plain text, at most"
                    + " 200 words, nothing else.";
    private static final String REQUEST = "Summarise this conversation:\n\n";

    /** Asks the model; the call is the turn's, so that interrupting the turn ends it. */
    interface Asking {
        LLMResponse ask(LLMContext context) throws LLMException, InterruptedException;
    }

    private final LLMService llm;
    private final Asking asking;

    Summariser(LLMService llm, Asking asking) {
        this.llm = llm;
        this.asking = asking;
    }

    boolean isWorthwhile() {
        return llm.contextTokens() >= SMALLEST_CONTEXT;
    }

    /** Returns the summary; empty if the model did not give one. */
    Optional<Message> summarise(List<Message> messages) throws InterruptedException {
        int tokens = Math.min(MOST_TOKENS, llm.contextTokens() / 8);
        String transcript = transcript(messages);
        LLMContext context = context(transcript, tokens);
        // What comes last matters most to what comes next.
        while (llm.countTokens(context) > llm.contextTokens() - tokens && transcript.length() > RESULT_SHOWN) {
            transcript = transcript.substring(transcript.length() / 4);
            context = context("…" + transcript, tokens);
        }
        try {
            String text = asking.ask(context).text().strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(new Message.SystemPrompt(History.SUMMARY + text));
        } catch (LLMException e) {
            LOG.info(
                    "the model gave no summary of the conversation, so its oldest turns are dropped: {}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static LLMContext context(String transcript, int tokens) {
        return new LLMContext(
                List.of(new Message.SystemPrompt(INSTRUCTIONS), new Message.User(REQUEST + transcript)),
                List.of(),
                GenerationOptions.DEFAULT.withMaxTokens(tokens));
    }

    private static String transcript(List<Message> messages) {
        StringBuilder out = new StringBuilder();
        for (Message message : messages) {
            switch (message) {
                case Message.SystemPrompt prompt -> out.append(prompt.text()).append('\n');
                case Message.User user ->
                    out.append("User: ").append(user.text()).append('\n');
                case Message.Assistant assistant -> {
                    if (!assistant.text().isBlank()) {
                        out.append("Assistant: ").append(assistant.text()).append('\n');
                    }
                    for (ToolCall call : assistant.toolCalls()) {
                        out.append("Assistant called ")
                                .append(call.name())
                                .append(' ')
                                .append(call.argumentsJson())
                                .append('\n');
                    }
                }
                case Message.ToolResult result ->
                    out.append("Result: ")
                            .append(
                                    result.text().length() > RESULT_SHOWN
                                            ? ToolText.cut(result.text(), RESULT_SHOWN)
                                            : result.text())
                            .append('\n');
            }
        }
        return out.toString();
    }
}
