package io.pipecat.llm.openai;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before a request is repeated: half a second, doubled each time, of which up to half is left to chance so that many nodes
 * do not come back at once; at least what the server asked for.
 *
 * @param longest the longest wait
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
 */
record Backoff(Duration longest, DoubleSupplier random) {
    private static final long FIRST_MILLIS = 500;
    private static final int MAX_DOUBLINGS = 16;

    /**
     * Returns the wait.
     *
     * @param failures how many attempts have failed, at least 1
     * @param asked what the server asked for
     * @return the wait; empty if the server asked for a longer one than is allowed
     */
    Optional<Duration> before(int failures, Optional<Duration> asked) {
        if (asked.isPresent() && asked.get().compareTo(longest) > 0) {
            return Optional.empty();
        }
        long full = FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS);
        long own = Math.min(longest.toMillis(), Math.round(full * (1 - random.getAsDouble() / 2)));
        return Optional.of(
                Duration.ofMillis(Math.max(own, asked.map(Duration::toMillis).orElse(0L))));
    }
}
