package io.pipecat.agent;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody may have meant. */
final class Nearest {
    private Nearest() {}

    /** Returns at most {@code count} of the candidates, the most similar first; candidates of equal distance keep their order. */
    static List<String> to(String name, Collection<String> candidates, int count) {
        record Ranked(String candidate, int distance) {}
        String wanted = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .map(candidate -> new Ranked(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                .sorted(Comparator.comparingInt(Ranked::distance))
                .limit(count)
                .map(Ranked::candidate)
                .toList();
    }

    /** Levenshtein's distance; a prefix or suffix counts as close, since models drop or invent the tool's name. */
    private static int distance(String a, String b) {
        if (!a.isEmpty() && (b.startsWith(a) || b.endsWith(a) || a.startsWith(b) || a.endsWith(b))) {
            return 1;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
