package io.pipecat.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Notes of the system that wait for the next thing the user says: the newest, as all of them must fit before it. Not thread-safe. */
final class SystemNotes {
    /** How many characters they have at most, with their marks. */
    static final int MOST = 4_000;

    private static final String MARK = "[System alert] ";
    private static final String END = "\n\n";

    private final Deque<String> waiting = new ArrayDeque<>();
    private int length;

    /** Adds a note; what it leaves no room for is forgotten, the oldest first. */
    void add(String note) {
        String text = MARK + cut(note.strip()) + END;
        waiting.addLast(text);
        length += text.length();
        while (length > MOST) {
            length -= waiting.removeFirst().length();
        }
    }

    private static String cut(String note) {
        int room = MOST - MARK.length() - END.length();
        if (note.length() <= room) {
            return note;
        }
        int end = room - 1;
        return note.substring(0, Character.isHighSurrogate(note.charAt(end - 1)) ? end - 1 : end) + "\u2026";
    }

    /** Returns the notes as they are put before the user's words, and forgets them. */
    List<String> take() {
        List<String> taken = List.copyOf(waiting);
        waiting.clear();
        length = 0;
        return taken;
    }

    /** Takes notes back that were taken before those that wait now, as far as there is room left. */
    void putBack(List<String> taken) {
        for (String text : taken.reversed()) {
            if (length + text.length() > MOST) {
                return;
            }
            waiting.addFirst(text);
            length += text.length();
        }
    }
}
