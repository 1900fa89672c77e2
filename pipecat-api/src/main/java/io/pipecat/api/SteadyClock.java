package io.pipecat.api;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock that goes on evenly when the machine's is set. It begins with what another one shows, and from then on counts how long
 * the process has run. What it shows is for comparing with itself: people and files want {@link NodeContext#clock()}.
 */
public final class SteadyClock extends Clock {
    private final Instant begin;
    private final LongSupplier nanos;
    private final long beginNanos;
    private final ZoneId zone;

    private SteadyClock(Instant begin, LongSupplier nanos, long beginNanos, ZoneId zone) {
        this.begin = begin;
        this.nanos = nanos;
        this.beginNanos = beginNanos;
        this.zone = zone;
    }

    /**
     * Makes one.
     *
     * @param clock read once, for the time and the zone to begin with
     * @return the clock
     */
    public static SteadyClock from(Clock clock) {
        return from(clock, System::nanoTime);
    }

    static SteadyClock from(Clock clock, LongSupplier nanos) {
        return new SteadyClock(clock.instant(), nanos, nanos.getAsLong(), clock.getZone());
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanos.getAsLong() - beginNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(begin, nanos, beginNanos, other);
    }
}
