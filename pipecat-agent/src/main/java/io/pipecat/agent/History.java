package io.pipecat.agent;

import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules about lists of messages. A history is consistent if every call of an assistant message is followed by its result, in the order of the
 * calls, and no result stands elsewhere. A turn begins with what the user said.
 */
final class History {
    /** How a summary begins. It stands first in a history, as a system prompt; the conversation's own prompt is not in the history. */
    static final String SUMMARY = "Summary of the conversation so far:\n";

    private History() {}

    /** Returns the messages made consistent: missing results are filled in, results without a call left out, system prompts too. */
    static List<Message> consistent(List<Message> messages, String missingResult) {
        List<Message> result = new ArrayList<>();
        int i = 0;
        while (i < messages.size()) {
            Message message = messages.get(i++);
            switch (message) {
                case Message.SystemPrompt prompt -> {
                    if (result.isEmpty() && isSummary(prompt)) {
                        result.add(prompt);
                    }
                }
                case Message.User user -> result.add(user);
                case Message.ToolResult stray -> {}
                case Message.Assistant assistant -> {
                    if (assistant.toolCalls().isEmpty() && assistant.text().isBlank()) {
                        continue;
                    }
                    result.add(assistant);
                    Map<String, Message.ToolResult> results = new LinkedHashMap<>();
                    while (i < messages.size() && messages.get(i) instanceof Message.ToolResult found) {
                        results.putIfAbsent(found.callId(), found);
                        i++;
                    }
                    for (ToolCall call : assistant.toolCalls()) {
                        Message.ToolResult found = results.get(call.id());
                        result.add(
                                found == null
                                        ? new Message.ToolResult(call.id(), call.name(), missingResult, true)
                                        : found);
                    }
                }
            }
        }
        return List.copyOf(result);
    }

    /** Returns where turns begin. What stands before the first thing that the user said, a summary aside, counts as a turn. */
    static List<Integer> turnStarts(List<Message> messages) {
        List<Integer> starts = new ArrayList<>();
        int first = summary(messages).isPresent() ? 1 : 0;
        for (int i = first; i < messages.size(); i++) {
            if (i == first || messages.get(i) instanceof Message.User) {
                starts.add(i);
            }
        }
        return starts;
    }

    /** Returns the summary that a history begins with. */
    static Optional<Message.SystemPrompt> summary(List<Message> messages) {
        return !messages.isEmpty() && messages.getFirst() instanceof Message.SystemPrompt prompt && isSummary(prompt)
                ? Optional.of(prompt)
                : Optional.empty();
    }

    private static boolean isSummary(Message.SystemPrompt prompt) {
        return prompt.text().startsWith(SUMMARY);
    }
}
