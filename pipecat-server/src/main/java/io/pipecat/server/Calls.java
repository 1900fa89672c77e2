package io.pipecat.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of one listener that are under way. Watches their deadlines from a platform thread: virtual ones wait while handlers hold all processors. */
final class Calls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    /** One look at all of them is cheaper than a timer for each. */
    private static final long LOOK_MILLIS = 100;

    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final Object ended = new Object();
    private final ScheduledExecutorService watch;

    Calls(String service) {
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(service + "-deadlines").factory());
        var unused = watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            long now = System.nanoTime();
            running.forEach(call -> call.check(now));
        } catch (RuntimeException e) {
            // Thrown on, it would end the watching.
            LOG.error("Looking after the deadlines of requests failed", e);
        }
    }

    void add(Call call) {
        running.add(call);
    }

    void remove(Call call) {
        running.remove(call);
        if (running.isEmpty()) {
            synchronized (ended) {
                ended.notifyAll();
            }
        }
    }

    int size() {
        return running.size();
    }

    /** Waits until none is left; returns whether that is so. */
    boolean awaitNone(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (ended) {
            while (!running.isEmpty()) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                ended.wait(millis);
            }
        }
        return true;
    }

    void stopAll() {
        running.forEach(Call::stop);
    }

    @Override
    public void close() {
        stopAll();
        watch.shutdownNow();
    }
}
