package io.pipecat.tools.local.world;

import io.pipecat.api.Nearest;
import java.util.HashMap;
import java.util.Map;

/**
 * How alike words are. A house has some thousand names and few words, of which each is compared with one that was said once. Not
 * thread-safe.
 */
final class Likeness {
    private final Map<String, Map<String, Integer>> costs = new HashMap<>();
    private final Map<String, Map<String, Double>> shares = new HashMap<>();

    /** As {@link Words#cost} has it. */
    int cost(String said, String known) {
        return costs.computeIfAbsent(said, word -> new HashMap<>())
                .computeIfAbsent(known, word -> Words.cost(said, word));
    }

    /** Returns a number from 0, for words that have nothing in common, to 1. */
    double share(String said, String known) {
        return shares.computeIfAbsent(said, word -> new HashMap<>())
                .computeIfAbsent(known, word -> measured(said, word));
    }

    private static double measured(String said, String known) {
        int cost = Words.cost(said, known);
        if (cost <= Words.SPELLED_RIGHT) {
            return 1 - cost * 0.1;
        }
        int longer = Math.max(said.length(), known.length());
        // Any two words share a letter or two.
        if (Math.abs(said.length() - known.length()) > longer / 2) {
            return 0;
        }
        double alike = 1 - (double) Nearest.distance(said, known) / longer;
        return alike < 0.5 ? 0 : alike;
    }
}
