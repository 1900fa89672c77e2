package io.pipecat.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicReference<Instant> wall = new AtomicReference<>(BEGIN);
    private final InstantSource source = wall::get;
    /** Near its end: a difference of nanoseconds is right all the same. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);

    private final Clock steady = SteadyClock.from(source.withZone(ZoneOffset.UTC), nanos::get);

    @Test
    void goesOnWithTheProcessAndNotWithTheMachinesClock() {
        assertEquals(BEGIN, steady.instant());
        wall.set(Instant.EPOCH);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertEquals(BEGIN.plusSeconds(3), steady.instant());
        wall.set(BEGIN.plus(Duration.ofDays(9000)));
        assertEquals(BEGIN.plusSeconds(3), steady.instant());
    }

    @Test
    void anotherZoneIsTheSameTime() {
        Clock there = steady.withZone(ZoneId.of("Europe/Berlin"));
        nanos.addAndGet(7);
        assertEquals(steady.instant(), there.instant());
        assertEquals(ZoneId.of("Europe/Berlin"), there.getZone());
        assertEquals(ZoneOffset.UTC, steady.getZone());
    }
}
