package io.pipecat.node;

import io.pipecat.api.PipecatException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out in the background whether what a {@link Breaker} keeps calls away from is back. It has a thread only as long as that takes. */
final class Prober implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** Asks a small question; cheap, and changes nothing. */
    interface Probe {
        void ask() throws PipecatException, InterruptedException;
    }

    /** Waits; a test need not. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private final String subject;
    private final Breaker breaker;
    private final Probe probe;
    private final Pause pause;
    private @Nullable Thread thread;
    private boolean closed;

    Prober(String subject, Breaker breaker, Probe probe, Pause pause) {
        this.subject = subject;
        this.breaker = breaker;
        this.probe = probe;
        this.pause = pause;
    }

    /** Begins, if the breaker is open and nobody is at it. */
    synchronized void wake() {
        if (closed || thread != null || !breaker.isOpen()) {
            return;
        }
        thread = Thread.ofVirtual().name("probe " + subject).start(this::run);
    }

    private void run() {
        try {
            while (goesOn()) {
                pause.sleep(breaker.untilProbe());
                askOnce();
            }
        } catch (InterruptedException e) {
            LOG.trace("no longer looking whether {} is back", subject, e);
        }
    }

    /** Either this sees that the breaker is open again, or whoever opened it finds no thread and starts one. */
    private synchronized boolean goesOn() {
        if (breaker.isOpen() && !closed) {
            return true;
        }
        thread = null;
        return false;
    }

    private void askOnce() throws InterruptedException {
        try {
            probe.ask();
            LOG.debug("{} answers a probe", subject);
            breaker.probeSucceeded();
        } catch (PipecatException e) {
            LOG.debug("{} is still away: {}", subject, e.getMessage());
            breaker.probeFailed();
        } catch (RuntimeException e) {
            LOG.error("Looking whether {} is back failed in a way that it should not", subject, e);
            breaker.probeFailed();
        }
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
