package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.Subscription;
import io.pipecat.api.llm.LLMException;
import io.pipecat.node.Breaker.State;
import io.pipecat.testkit.node.TestMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Breaker breaker = new Breaker(Clock.fixed(NOW, ZoneOffset.UTC));

    private void fail() {
        breaker.failed("gone", Optional.empty());
    }

    @Test
    void oneFailureOpensAndAnAnswerCloses() {
        assertEquals(State.CLOSED, breaker.status().state());
        fail();
        assertTrue(breaker.isOpen());
        assertEquals(new Breaker.Status(State.OPEN, NOW, "gone"), breaker.status());
        assertEquals(Duration.ZERO, breaker.untilProbe(), "whether it was only a moment is found out at once");
        breaker.succeeded();
        assertEquals("", breaker.status().cause());
        assertFalse(breaker.isOpen());
    }

    @Test
    void probesComeSlowerButNeverTooSlowToBeBackInFiveSeconds() {
        fail();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            breaker.probeFailed();
            waits.add(breaker.untilProbe().toMillis());
        }
        assertEquals(List.of(250L, 500L, 1000L, 2000L, 2000L, 2000L, 2000L, 2000L), waits);
    }

    @Test
    void whatPassesTheProbeAndFailsAgainIsLeftAloneForLongerEachTime() {
        fail();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            breaker.probeSucceeded();
            assertEquals(State.HALF_OPEN, breaker.status().state());
            assertFalse(breaker.isOpen(), "the next call finds out");
            fail();
            waits.add(breaker.untilProbe().toSeconds());
        }
        assertEquals(List.of(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L), waits);
        breaker.probeSucceeded();
        breaker.succeeded();
        fail();
        assertEquals(Duration.ZERO, breaker.untilProbe(), "an answer makes up for all of it");
    }

    @Test
    void whoAsksToBeLeftAloneIs() {
        breaker.failed("busy", Optional.of(Duration.ofSeconds(7)));
        assertEquals(Duration.ofSeconds(7), breaker.untilProbe());
        fail();
        assertEquals(Duration.ofSeconds(7), breaker.untilProbe(), "a call that was under way changes nothing");
        breaker.succeeded();
        breaker.failed("busy", Optional.of(Duration.ofDays(3)));
        assertEquals(Duration.ofMinutes(5), breaker.untilProbe());
    }

    @Test
    void metricsShowTheState() {
        TestMetrics metrics = new TestMetrics();
        Map<String, String> labels = Map.of("role", "llm", "target", "x");
        Subscription gauge = breaker.show(metrics, "llm", "x");
        assertEquals(0.0, metrics.shown("pipecat_breaker_state", labels));
        fail();
        assertEquals(2.0, metrics.shown("pipecat_breaker_state", labels));
        breaker.probeSucceeded();
        assertEquals(1.0, metrics.shown("pipecat_breaker_state", labels));
        gauge.close();
        assertEquals("", metrics.expose());
    }

    @Test
    void proberAsksUntilItIsBackAndAgainWhenItIsGoneAgain() throws Exception {
        SynchronousQueue<Duration> waits = new SynchronousQueue<>();
        SynchronousQueue<String> probes = new SynchronousQueue<>();
        AtomicBoolean away = new AtomicBoolean(true);
        Prober.Probe probe = () -> {
            boolean gone = away.get();
            probes.put(gone ? "gone" : "back");
            if (gone) {
                throw new LLMException(LLMException.Reason.UNAVAILABLE, "still away");
            }
        };
        try (Prober prober = new Prober("it", breaker, probe, waits::put)) {
            prober.wake();
            assertEquals(null, waits.poll(20, TimeUnit.MILLISECONDS), "nothing to do");
            fail();
            prober.wake();
            prober.wake();
            assertEquals(Duration.ZERO, waits.take());
            assertEquals("gone", probes.take());
            assertEquals(Duration.ofMillis(250), waits.take());
            assertEquals("gone", probes.take());
            // It looks again as soon as the wait is taken.
            away.set(false);
            assertEquals(Duration.ofMillis(500), waits.take());
            assertEquals("back", probes.take());
            while (breaker.isOpen()) {
                Thread.onSpinWait();
            }
            fail();
            prober.wake();
            assertEquals(Duration.ofSeconds(5), waits.take());
        }
    }
}
