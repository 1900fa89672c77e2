package io.pipecat.llm.openai;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a server that reads a long prompt from one that is gone: while it says nothing, it is asked something small from time to time, and if that
 * is not answered either, its exchange is given up. Belongs to the calling thread, except for the asking.
 */
final class Pulse implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** Of the time that is allowed for all, so much is waited before the inquiry. */
    private static final int SHARE = 3;

    /** Asks something small. */
    interface Inquiry {
        void ask(Duration timeout) throws Failure, InterruptedException;
    }

    private final Inquiry inquiry;
    private final Duration quiet;
    private final Duration timeout;
    private long due;
    private final AtomicLong heard = new AtomicLong();
    private @Nullable Thread asking;

    /**
     * Makes a pulse that was just heard.
     *
     * @param inquiry what to ask
     * @param liveness how long a server may say nothing at all
     */
    Pulse(Inquiry inquiry, Duration liveness) {
        this.inquiry = inquiry;
        this.quiet = liveness.dividedBy(SHARE);
        this.timeout = liveness.minus(quiet);
        heard();
    }

    /** When to ask, by {@link System#nanoTime()}. */
    long due() {
        return due;
    }

    /** It has said something. */
    void heard() {
        heard.incrementAndGet();
        due = System.nanoTime() + quiet.toNanos();
    }

    /** Asks in the background, if it is time and nobody is asking. */
    void inquire(Exchange exchange) {
        if (System.nanoTime() - due < 0) {
            return;
        }
        due = System.nanoTime() + AGAIN.toNanos();
        if (asking != null && asking.isAlive()) {
            return;
        }
        long before = heard.get();
        asking = Thread.ofVirtual().name("pipecat-llm-pulse").start(() -> {
            try {
                inquiry.ask(timeout);
            } catch (Failure f) {
                if (f.meansAway() && heard.get() == before) {
                    exchange.giveUp(f);
                }
            } catch (InterruptedException e) {
                log.trace("no longer asked", e);
            }
        });
    }

    /** Ends an inquiry. */
    @Override
    public void close() {
        if (asking != null) {
            asking.interrupt();
        }
    }
}
