package io.pipecat.llm.local.chat;

import io.pipecat.llm.local.chat.CallSyntax.Bracket;
import io.pipecat.llm.local.chat.CallSyntax.Start;
import java.util.Optional;

/**
 * Separates calls from text while a response comes in. Text that might be the start of a call is held back until that is decided;
 * whitespace at the end of a text is held back until more text follows.
 */
final class CallParser implements OutputParser {

    /** Takes what was found. */
    interface Handler {
        void text(String text);

        /** Takes a call, the way it was written; returns false if it is none and is to be shown as text. */
        boolean call(String body, boolean certain);
    }

    private enum State {
        TEXT,
        CALL,
        AFTER_CALL
    }

    private final CallSyntax syntax;
    private final Handler handler;
    private final StringBuilder buffer = new StringBuilder();
    private final StringBuilder whitespace = new StringBuilder();
    private State state = State.TEXT;
    private Optional<Bracket> bracket = Optional.empty();
    private boolean atLineStart = true;
    private boolean anyText;

    CallParser(CallSyntax syntax, Handler handler) {
        this.syntax = syntax;
        this.handler = handler;
    }

    @Override
    public void accept(String piece) {
        buffer.append(piece);
        boolean more = true;
        while (more && !buffer.isEmpty()) {
            more = switch (state) {
                case TEXT -> readText();
                case CALL -> readCall();
                case AFTER_CALL -> readAfterCall(false);
            };
        }
    }

    @Override
    public void end() {
        if (state == State.AFTER_CALL) {
            readAfterCall(true);
        }
        if (buffer.isEmpty()) {
            return;
        }
        String rest = take(buffer.length());
        boolean call = state == State.CALL && handler.call(stripClose(rest), certain());
        if (!call) {
            text(state == State.CALL ? opened() + rest : rest);
        }
    }

    private boolean readText() {
        Optional<Start> start = syntax.find(buffer, atLineStart);
        if (start.isEmpty()) {
            text(take(buffer.length()));
            return false;
        }
        text(take(start.get().at()));
        if (start.get().undecided()) {
            return false;
        }
        take(start.get().length());
        bracket = start.get().bracket();
        state = State.CALL;
        return true;
    }

    private boolean readCall() {
        int first = 0;
        while (first < buffer.length() && Character.isWhitespace(buffer.charAt(first))) {
            first++;
        }
        if (first == buffer.length()) {
            return false;
        }
        boolean json = buffer.charAt(first) == '{' || buffer.charAt(first) == '[';
        int end = json ? JsonExtent.end(buffer, first) : closeAt();
        if (end < 0) {
            return false;
        }
        String body = take(end);
        if (handler.call(body, certain())) {
            state = State.AFTER_CALL;
        } else {
            state = State.TEXT;
            text(opened() + body);
        }
        return true;
    }

    private int closeAt() {
        String close = bracket.map(Bracket::close).orElse("");
        return close.isEmpty() ? -1 : buffer.indexOf(close);
    }

    // Another call in the same brackets, the closing bracket, what models put between bare calls, or text.
    private boolean readAfterCall(boolean ended) {
        String rest = buffer.toString().stripLeading();
        String close = bracket.map(Bracket::close).orElse("");
        // A bracket too many is a slip that many models make.
        while (!close.isEmpty() && (rest.startsWith("}") || rest.startsWith("]"))) {
            rest = rest.substring(1).stripLeading();
        }
        if (!close.isEmpty() && rest.startsWith(close)) {
            take(buffer.indexOf(close) + close.length());
            state = State.TEXT;
            atLineStart = true;
            return true;
        }
        if (!ended && close.startsWith(rest) && (!close.isEmpty() || rest.isEmpty())) {
            return false;
        }
        take(buffer.length() - rest.length());
        if (close.isEmpty() && (rest.startsWith(";") || rest.startsWith(","))) {
            take(1);
        }
        if (bracket.isPresent() && rest.startsWith("{")) {
            state = State.CALL;
        } else {
            state = State.TEXT;
            atLineStart = true;
        }
        return true;
    }

    private boolean certain() {
        return bracket.filter(Bracket::certain).isPresent();
    }

    private String opened() {
        return bracket.map(Bracket::open).orElse("");
    }

    private String stripClose(String body) {
        String close = bracket.map(Bracket::close).orElse("");
        int at = close.isEmpty() ? -1 : body.lastIndexOf(close);
        return at < 0 ? body : body.substring(0, at);
    }

    private void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            atLineStart = c == '\n' || (atLineStart && Character.isWhitespace(c));
        }
        int end = text.stripTrailing().length();
        if (end > 0) {
            String shown = anyText
                    ? whitespace + text.substring(0, end)
                    : text.substring(0, end).stripLeading();
            whitespace.setLength(0);
            anyText = true;
            handler.text(shown);
        }
        whitespace.append(text, end, text.length());
    }

    private String take(int length) {
        String taken = buffer.substring(0, length);
        buffer.delete(0, length);
        return taken;
    }
}
