package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Optional;

/**
 * Where in a response a call stands.
 *
 * @param brackets markers before and after a call, anywhere
 * @param jsonStarts how a bare call begins at the start of a line, without whitespace, such as a brace and {@code "name":}
 */
record CallSyntax(List<Bracket> brackets, List<String> jsonStarts) {

    /**
     * Markers around a call.
     *
     * @param open before it
     * @param close after it; empty where the end of its JSON is its end
     * @param certain whether nothing but a call stands between them
     */
    record Bracket(String open, String close, boolean certain) {
        Bracket(String open, String close) {
            this(open, close, true);
        }
    }

    /** Where text ends and a call begins. A length of -1 means that more text must come before this is decided. */
    record Start(int at, int length, Optional<Bracket> bracket) {
        boolean undecided() {
            return length < 0;
        }
    }

    /** Finds the first place where a call begins or might begin. */
    Optional<Start> find(CharSequence text, boolean atLineStart) {
        String all = text.toString();
        boolean lineStart = atLineStart;
        for (int i = 0; i < all.length(); i++) {
            Optional<Start> start = startAt(all, i, lineStart);
            if (start.isPresent()) {
                return start;
            }
            char c = all.charAt(i);
            lineStart = c == '\n' || (lineStart && Character.isWhitespace(c));
        }
        return Optional.empty();
    }

    private Optional<Start> startAt(String all, int at, boolean lineStart) {
        for (Bracket bracket : brackets) {
            if (all.startsWith(bracket.open(), at)) {
                return Optional.of(new Start(at, bracket.open().length(), Optional.of(bracket)));
            }
        }
        boolean undecided = brackets.stream().anyMatch(bracket -> bracket.open().startsWith(all.substring(at)));
        if (lineStart) {
            String dense = dense(all, at);
            for (String json : jsonStarts) {
                if (dense.startsWith(json)) {
                    return Optional.of(new Start(at, 0, Optional.empty()));
                }
                undecided |= !dense.isEmpty() && json.startsWith(dense);
            }
        }
        return undecided ? Optional.of(new Start(at, -1, Optional.empty())) : Optional.empty();
    }

    private String dense(String all, int at) {
        int longest = jsonStarts.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder dense = new StringBuilder();
        for (int i = at; i < all.length() && dense.length() < longest; i++) {
            if (!Character.isWhitespace(all.charAt(i))) {
                dense.append(all.charAt(i));
            } else if (i == at) {
                return "";
            }
        }
        return dense.toString();
    }
}
