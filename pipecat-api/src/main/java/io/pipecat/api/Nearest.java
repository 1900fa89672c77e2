package io.pipecat.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds what somebody probably meant, for errors that name the nearest valid name. */
public final class Nearest {
    /** Of longer texts only the beginning is compared: strangers write them, and the time grows with both lengths. */
    private static final int LONGEST = 100;

    private Nearest() {}

    /**
     * Returns the candidate that is nearest to what was written, if any is near at all: at most a third of its letters
     * differ, or one contains the other.
     *
     * @param written what was written
     * @param candidates what would have been valid
     * @return the nearest; empty if none is near
     */
    public static Optional<String> to(String written, Collection<String> candidates) {
        String folded = fold(written);
        return candidates.stream()
                .filter(candidate -> isNear(folded, fold(candidate)))
                .min(Comparator.comparingInt((String candidate) -> distance(folded, fold(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Returns the start of a sentence that names the nearest candidate.
     *
     * @param written what was written
     * @param candidates what would have been valid
     * @return {@code " Did you mean 'x'?"}, or an empty text if none is near
     */
    public static String hint(String written, Collection<String> candidates) {
        return to(written, candidates)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
    }

    /**
     * Returns the candidates in order of how near they are to what was written, for lists such as "the nearest are …". One
     * that begins or ends as the other does counts as very near: who leaves out or adds a part means the same.
     *
     * @param written what was written
     * @param candidates what would have been valid
     * @param count the most to return
     * @return at most so many, the nearest first; those equally near keep their order
     */
    public static List<String> ranked(String written, Collection<String> candidates, int count) {
        String folded = fold(written);
        return candidates.stream()
                .map(candidate -> Map.entry(candidate, rank(folded, fold(candidate))))
                .sorted(Map.Entry.comparingByValue())
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int rank(String a, String b) {
        boolean partOfTheOther = !a.isEmpty() && (b.startsWith(a) || b.endsWith(a) || a.startsWith(b) || a.endsWith(b));
        return partOfTheOther ? Math.min(1, distance(a, b)) : distance(a, b);
    }

    /**
     * Returns how many letters must be inserted, dropped, replaced or swapped with their neighbour to turn one text into
     * the other (optimal string alignment distance).
     *
     * @param a one text
     * @param b the other text
     * @return the distance, 0 if they are equal
     */
    public static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }

    private static boolean isNear(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        return distance(a, b) <= Math.max(1, longer / 3)
                || (Math.min(a.length(), b.length()) >= 3 && (a.contains(b) || b.contains(a)));
    }

    private static String fold(String text) {
        String beginning = text.substring(0, Math.min(text.length(), LONGEST));
        return beginning.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
