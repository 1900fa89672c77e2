package io.pipecat.worldmodel.mqtt;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the broker is tried again: short at first, so that its restart is hardly noticed, then a
 * quarter more each time, of which up to a third is left to chance so that many nodes do not come back at once.
 *
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
 */
record Backoff(DoubleSupplier random) {
    private static final double FIRST_MILLIS = 100;
    private static final double LONGEST_MILLIS = 30_000;
    private static final double GROWTH = 1.25;

    /** Returns the wait after so many failures in a row; some kinds begin with a longer one. */
    Duration after(int failures, Problem.Kind kind) {
        double first = Math.max(FIRST_MILLIS, (double) kind.leastWait().toMillis());
        double grown = Math.min(LONGEST_MILLIS, first * Math.pow(GROWTH, Math.max(0, failures - 1)));
        return Duration.ofMillis(Math.round(grown * (1 - random.getAsDouble() / 3)));
    }
}
