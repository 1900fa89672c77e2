package io.pipecat.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** Waits for something that another thread or process brings about, and not longer than it takes. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Await() {}

    /**
     * Waits until a condition holds; fails the test where it does not in time.
     *
     * @param what what is waited for, for the message
     * @param atMost how long a slow machine may take
     * @param condition asked every few milliseconds
     */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        if (!holds(atMost, condition)) {
            Assertions.fail("not within " + atMost.toMillis() + " ms: " + what);
        }
    }

    static boolean holds(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }
}
