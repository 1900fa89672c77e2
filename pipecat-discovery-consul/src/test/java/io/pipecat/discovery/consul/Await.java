package io.pipecat.discovery.consul;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what comes about on another thread or in another process. */
final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Await() {}

    static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("still not so: " + what);
            }
            Thread.sleep(10);
        }
    }
}
