package io.pipecat.api.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Pieces of messages. */
public final class Texts {
    private static final int MAX_SHOWN = 60;

    private Texts() {}

    /**
     * Cuts a text that would make a message too long.
     *
     * @param text the text
     * @return the text, or its beginning and an ellipsis; never half of a surrogate pair
     */
    public static String shortened(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end) + "…";
    }

    /**
     * Finds the word that was probably meant.
     *
     * @param word what was written
     * @param valid what could have been
     * @return the valid word with the fewest edits; empty if none shares at least half of its letters
     */
    public static Optional<String> nearest(String word, Collection<String> valid) {
        String wanted = word.strip().toLowerCase(Locale.ROOT);
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : valid) {
            // Beyond that length it is no misspelling, and the comparison costs the product of the lengths.
            if (Math.abs(candidate.length() - wanted.length()) <= candidate.length() / 2) {
                int edits = edits(wanted, candidate);
                if (edits < fewest && edits <= Math.max(1, candidate.length() / 2)) {
                    fewest = edits;
                    best = candidate;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
