package io.pipecat.llm.openai;

import java.util.function.Consumer;

/**
 * Takes {@code <think>…</think>} at the start of an answer for reasoning. Servers without a reasoning field leave it there. Elsewhere in
 * the text it is text. Not thread-safe.
 */
final class ThinkSplitter {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum State {
        START,
        THINKING,
        AFTER,
        TEXT
    }

    private final Consumer<String> text;
    private final Consumer<String> reasoning;
    private final StringBuilder held = new StringBuilder();
    private State state = State.START;

    ThinkSplitter(Consumer<String> text, Consumer<String> reasoning) {
        this.text = text;
        this.reasoning = reasoning;
    }

    void push(String piece) {
        if (state == State.TEXT) {
            emit(text, piece);
            return;
        }
        held.append(piece);
        State before;
        do {
            before = state;
            step();
        } while (state != before);
    }

    private void step() {
        switch (state) {
            case START -> start();
            case THINKING -> think();
            case AFTER -> {
                // The blank line between the thoughts and the answer belongs to neither.
                String rest = held.toString().stripLeading();
                if (!rest.isEmpty()) {
                    emitHeld(text, rest, State.TEXT);
                }
            }
            case TEXT -> {}
        }
    }

    private void start() {
        String all = held.toString().stripLeading();
        if (all.startsWith(OPEN)) {
            held.setLength(0);
            held.append(all, OPEN.length(), all.length());
            state = State.THINKING;
        } else if (!OPEN.startsWith(all)) {
            emitHeld(text, held.toString(), State.TEXT);
        }
    }

    private void think() {
        String all = held.toString();
        int close = all.indexOf(CLOSE);
        if (close >= 0) {
            held.setLength(0);
            held.append(all, close + CLOSE.length(), all.length());
            state = State.AFTER;
            emit(reasoning, all.substring(0, close));
            return;
        }
        int keep = openEnd(all);
        held.setLength(0);
        held.append(all, all.length() - keep, all.length());
        emit(reasoning, all.substring(0, all.length() - keep));
    }

    /** How much of the end may be the beginning of the closing tag. */
    private static int openEnd(String all) {
        for (int length = Math.min(CLOSE.length() - 1, all.length()); length > 0; length--) {
            if (CLOSE.startsWith(all.substring(all.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    /** Passes on what was held back. */
    void flush() {
        String rest = held.toString();
        held.setLength(0);
        switch (state) {
            case START, TEXT -> emit(text, rest);
            case THINKING -> emit(reasoning, rest);
            case AFTER -> {}
        }
        state = State.TEXT;
    }

    private void emitHeld(Consumer<String> to, String rest, State next) {
        held.setLength(0);
        state = next;
        emit(to, rest);
    }

    private static void emit(Consumer<String> to, String piece) {
        if (!piece.isEmpty()) {
            to.accept(piece);
        }
    }
}
