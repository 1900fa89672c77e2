package io.pipecat.discovery.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final URI A = URI.create("http://a:1");
    private static final URI B = URI.create("http://b:1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Balance balance = new Balance();

    private URI last(Instant when) {
        URI last = balance.order(List.of(A, B), when).getLast();
        balance.next(List.of(A, B), when);
        return last;
    }

    @Test
    void takesTurns() {
        assertEquals(List.of(A, B), balance.order(List.of(A, B), NOW));
        assertEquals(List.of(A, B), balance.order(List.of(A, B), NOW), "looking takes no turn");
        assertEquals(Optional.of(A), balance.next(List.of(A, B), NOW));
        assertEquals(List.of(B, A), balance.order(List.of(A, B), NOW));
        assertEquals(Optional.of(B), balance.next(List.of(A, B), NOW));
        assertEquals(List.of(), balance.order(List.of(), NOW));
        assertEquals(Optional.empty(), balance.next(List.of(), NOW));
    }

    @Test
    void whileOneRestsTheOthersShareItsCallsEvenly() {
        URI c = URI.create("http://c:1");
        balance.failed(B, NOW);
        List<URI> chosen = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            chosen.add(balance.next(List.of(A, B, c), NOW).orElseThrow());
        }
        assertEquals(5, Collections.frequency(chosen, A), chosen.toString());
        assertEquals(5, Collections.frequency(chosen, c), chosen.toString());
    }

    @Test
    void whoFailsAgainRestsForLonger() {
        balance.failed(A, NOW);
        balance.failed(A, NOW.plusSeconds(1));
        Instant rested = NOW.plus(Balance.FIRST_REST);
        assertEquals(A, last(rested.minusMillis(1)));
        assertEquals(A, last(rested.minusMillis(1)));
        balance.next(List.of(A, B), rested);
        balance.failed(A, rested);
        Instant longer = rested.plus(Balance.FIRST_REST.multipliedBy(2));
        assertEquals(A, last(longer.minusMillis(1)));
        assertEquals(A, last(longer.minusMillis(1)));
        assertEquals(
                List.of(A, B),
                List.of(last(longer), last(longer)).stream().sorted().toList());
    }

    @Test
    void whoFailsAtLongIntervalsRestsNoLonger() {
        balance.failed(A, NOW);
        Instant later = NOW.plusSeconds(600);
        balance.failed(A, later);
        assertEquals(A, last(later.plus(Balance.FIRST_REST).minusMillis(1)));
        Instant rested = later.plus(Balance.FIRST_REST);
        assertEquals(
                List.of(A, B),
                List.of(last(rested), last(rested)).stream().sorted().toList());
    }

    @Test
    void whoWentAndCameBackIsNew() {
        balance.failed(A, NOW);
        balance.keepOnly(List.of(B));
        assertEquals(
                List.of(A, B), List.of(last(NOW), last(NOW)).stream().sorted().toList());
    }

    @Test
    void thoseThatAllFailedAreStillTried() {
        balance.failed(A, NOW);
        balance.failed(B, NOW);
        assertEquals(2, balance.order(List.of(A, B), NOW).size());
    }
}
