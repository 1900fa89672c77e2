package io.pipecat.agent;

import io.pipecat.api.llm.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a conversation as one turn sees them.
 *
 * @param past the turns before this one, perhaps after a summary
 * @param current this turn, beginning with what the user said
 */
record Window(List<Message> past, List<Message> current) {
    Window {
        past = List.copyOf(past);
        current = List.copyOf(current);
    }

    Window withPast(List<Message> messages) {
        return new Window(messages, current);
    }

    Window plus(Message message) {
        return plus(List.of(message));
    }

    Window plus(List<? extends Message> messages) {
        List<Message> longer = new ArrayList<>(current);
        longer.addAll(messages);
        return new Window(past, longer);
    }

    List<Message> messages() {
        List<Message> all = new ArrayList<>(past);
        all.addAll(current);
        return List.copyOf(all);
    }
}
