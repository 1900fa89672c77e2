package io.pipecat.node;

import io.pipecat.api.Metrics;
import io.pipecat.api.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers whether something that can be away is worth asking. One failure is enough to go elsewhere: a probe then finds out soon whether it was
 * more than a moment's. What passes the probe and fails again in earnest is left alone for longer each time. Thread-safe.
 */
final class Breaker {
    /** What is to be done with the next call. */
    enum State {
        /** It works. */
        CLOSED(0),
        /** A probe says that it is back: the next call finds out. */
        HALF_OPEN(1),
        /** It failed: calls go elsewhere. */
        OPEN(2);

        private final int number;

        State(int number) {
            this.number = number;
        }
    }

    /**
     * What is known.
     *
     * @param state what is to be done with the next call
     * @param since when that began
     * @param cause why it last failed; empty if it works
     */
    record Status(State state, Instant since, String cause) {}

    private static final Duration FIRST_PROBE = Duration.ofMillis(250);
    /** After a registry has noticed for itself, and with a probe that takes its time, what is back is used within five seconds. */
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(1);

    private static final Duration FIRST_HOLD_OFF = Duration.ofSeconds(2);
    private static final Duration LONGEST_HOLD_OFF = Duration.ofMinutes(5);

    private final Clock clock;
    private Status status;
    private Duration untilProbe = Duration.ZERO;
    private Duration nextProbe = FIRST_PROBE;
    private Duration nextHoldOff = FIRST_HOLD_OFF;

    Breaker(Clock clock) {
        this.clock = clock;
        this.status = new Status(State.CLOSED, clock.instant(), "");
    }

    synchronized Status status() {
        return status;
    }

    synchronized boolean isOpen() {
        return status.state() == State.OPEN;
    }

    /** Shows the state in the metrics. */
    Subscription show(Metrics metrics, String role, String target) {
        return metrics.gauge(
                "pipecat_breaker_state",
                "Whether what a role leans on is asked: 0 it is, 1 it is tried again, 2 it is not.",
                Map.of("role", role, "target", target),
                () -> status().state().number);
    }

    /** How long the probe is to wait. */
    synchronized Duration untilProbe() {
        return untilProbe;
    }

    /** A call got its answer, be it a refusal. */
    synchronized void succeeded() {
        nextHoldOff = FIRST_HOLD_OFF;
        enter(State.CLOSED, "");
    }

    /**
     * A call failed in a way that speaks against whoever was asked.
     *
     * @param cause why
     * @param leaveAlone how long it asked to be left alone
     */
    synchronized void failed(String cause, Optional<Duration> leaveAlone) {
        if (status.state() == State.OPEN) {
            // One of several calls under way: the probe is waiting already.
            return;
        }
        untilProbe = Duration.ZERO;
        if (status.state() == State.HALF_OPEN) {
            untilProbe = nextHoldOff;
            nextHoldOff = doubled(nextHoldOff, LONGEST_HOLD_OFF);
        }
        if (leaveAlone.isPresent() && leaveAlone.get().compareTo(untilProbe) > 0) {
            untilProbe = shorter(leaveAlone.get(), LONGEST_HOLD_OFF);
        }
        nextProbe = FIRST_PROBE;
        enter(State.OPEN, cause);
    }

    /** A probe failed, too. */
    synchronized void probeFailed() {
        untilProbe = nextProbe;
        nextProbe = doubled(nextProbe, LONGEST_PROBE);
    }

    /** A probe was answered. */
    synchronized void probeSucceeded() {
        if (status.state() == State.OPEN) {
            enter(State.HALF_OPEN, status.cause());
        }
    }

    private void enter(State next, String cause) {
        if (status.state() != next) {
            status = new Status(next, clock.instant(), cause);
        }
    }

    private static Duration doubled(Duration time, Duration longest) {
        return shorter(time.multipliedBy(2), longest);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
