package io.pipecat.homeassistant;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before Home Assistant is tried again: doubled each time, of which up to half is left to chance.
 *
 * @param first the first wait
 * @param longest the longest wait
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
 */
record Backoff(Duration first, Duration longest, DoubleSupplier random) {
    private static final int MAX_DOUBLINGS = 16;

    Duration after(int failures) {
        long full = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
        return Duration.ofMillis(Math.round(Math.min(longest.toMillis(), full) * (1 - random.getAsDouble() / 2)));
    }
}
