package io.pipecat.llm.local.engine;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How tokens are chosen.
 *
 * @param temperature 0 to 2, never NaN, which aborts the process
 * @param topP above 0 to 1; empty for all of the model's own choice
 * @param maxTokens the most tokens to write, greater than 0
 * @param seed makes sampling repeatable; at least 0
 * @param stops texts at which the response is over
 */
public record Sampling(double temperature, OptionalDouble topP, int maxTokens, OptionalInt seed, Set<String> stops) {

    /**
     * Checks the ranges and copies the set.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public Sampling {
        double p = topP.orElse(1);
        if (!(temperature >= 0 && temperature <= 2) || !(p > 0 && p <= 1) || maxTokens < 1 || seed.orElse(0) < 0) {
            throw new IllegalArgumentException("sampling out of range: temperature " + temperature + ", top p " + p
                    + ", " + maxTokens + " tokens, seed " + seed);
        }
        stops = Set.copyOf(stops);
    }
}
