package io.pipecat.tools.mcp;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a setting's text apart into entries of words. Entries end at a comma or a line break, words at a blank; none of these does so
 * inside single or double quotes or after a backslash. That is how a shell reads words, less everything that it would replace.
 */
final class QuotedWords {
    private static final String ESCAPABLE = " \t,'\"\\";
    private static final char NO_QUOTE = 0;

    private final List<List<String>> entries = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private List<String> words = new ArrayList<>();
    private boolean inWord;

    private QuotedWords() {}

    /**
     * Returns the entries, each of at least one word.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<List<String>> split(String text) {
        return new QuotedWords().read(text);
    }

    /** Returns a word so that it is read back as it is. */
    static String quote(String word) {
        boolean plain =
                !word.isEmpty() && word.chars().noneMatch(c -> ESCAPABLE.indexOf(c) >= 0 || Character.isWhitespace(c));
        if (plain) {
            return word;
        }
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private List<List<String>> read(String text) {
        char quote = NO_QUOTE;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes =
                    c == '\\' && quote != '\'' && i + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(i + 1)) >= 0;
            if (escapes) {
                i++;
                append(text.charAt(i));
            } else if (quote != NO_QUOTE) {
                if (c == quote) {
                    quote = NO_QUOTE;
                } else {
                    append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (c == ',' || c == '\n' || c == '\r') {
                endEntry();
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                append(c);
            }
        }
        if (quote != NO_QUOTE) {
            throw new IllegalArgumentException("has a quote (" + quote + ") that is not closed");
        }
        endEntry();
        return List.copyOf(entries);
    }

    private void append(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void endEntry() {
        endWord();
        if (!words.isEmpty()) {
            entries.add(List.copyOf(words));
            words = new ArrayList<>();
        }
    }
}
