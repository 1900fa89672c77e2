package io.pipecat.worldmodel.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.StateChange;
import io.pipecat.worldmodel.state.TopicStore.Limits;
import io.pipecat.worldmodel.state.TopicStore.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TopicStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Limits WIDE = new Limits(1_000_000, 1L << 40);

    private final Watchers watchers = new Watchers();
    private final TopicStore store = new TopicStore(WIDE, watchers);

    private static JsonValue number(long n) {
        return JsonNumber.of(n);
    }

    private static StateChange next(BlockingQueue<StateChange> changes) throws InterruptedException {
        StateChange change = changes.poll(20, TimeUnit.SECONDS);
        assertTrue(change != null, "no change came");
        return change;
    }

    @Test
    void tellsEachChangeOnceInOrder() throws InterruptedException {
        BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
        Subscription watch = watchers.watch("a/#", changes::add);
        assertEquals(Outcome.CHANGED, store.put("a/b", number(1), NOW));
        assertEquals(Outcome.SAME, store.put("a/b", number(1), NOW));
        assertEquals(Outcome.CHANGED, store.put("c", number(1), NOW));
        assertEquals(Outcome.CHANGED, store.put("a/b", number(2), NOW));
        assertEquals(Outcome.CHANGED, store.remove("a/b", NOW));
        assertEquals(Outcome.SAME, store.remove("a/b", NOW));
        store.put("a", number(3), NOW);
        assertEquals(new StateChange("a/b", Optional.empty(), Optional.of(number(1)), NOW), next(changes));
        assertEquals(new StateChange("a/b", Optional.of(number(1)), Optional.of(number(2)), NOW), next(changes));
        assertEquals(new StateChange("a/b", Optional.of(number(2)), Optional.empty(), NOW), next(changes));
        assertEquals("a", next(changes).topic());
        watch.close();
        watch.close();
        store.put("a", number(4), NOW);
        assertEquals(0, watchers.count());
        assertEquals(0, store.bytes() - costOf("a", number(4)) - costOf("c", number(1)));
        assertTrue(changes.isEmpty());
    }

    private static long costOf(String topic, JsonValue value) {
        TopicStore alone = new TopicStore(WIDE, new Watchers());
        alone.put(topic, value, NOW);
        return alone.bytes();
    }

    @Test
    void aSlowListenerHoldsUpNobodyAndEndsAtTheNewest() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Map<String, JsonValue> seen = new HashMap<>();
        List<String> gaps = new ArrayList<>();
        CountDownLatch last = new CountDownLatch(1);
        watchers.watch("#", change -> {
            awaitQuietly(go);
            // Whatever was left out, one change goes on where the last one of its topic ended.
            if (!Optional.ofNullable(seen.get(change.topic())).equals(change.before())) {
                gaps.add(change.toString());
            }
            seen.put(change.topic(), change.after().orElseThrow());
            if (change.topic().equals("last")) {
                last.countDown();
            }
        });
        int topics = 100;
        for (int i = 0; i < 10 * Watchers.BACKLOG; i++) {
            store.put("t/" + i % topics, number(i), NOW);
        }
        store.put("last", number(0), NOW);
        go.countDown();
        assertTrue(last.await(20, TimeUnit.SECONDS));
        assertEquals(List.of(), gaps);
        assertEquals(number(10 * Watchers.BACKLOG - 1), seen.get("t/" + (topics - 1)));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aListenerThatFailsGoesOn() throws InterruptedException {
        BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
        watchers.watch("a", change -> {
            changes.add(change);
            throw new IllegalStateException("on purpose");
        });
        store.put("a", number(1), NOW);
        store.put("a", number(2), NOW);
        next(changes);
        assertEquals(Optional.of(number(2)), next(changes).after());
    }

    @Test
    void nobodyHearsAfterTheEnd() {
        List<StateChange> changes = new ArrayList<>();
        Subscription watch = watchers.watch("a", changes::add);
        watchers.close();
        store.put("a", number(1), NOW);
        watch.close();
        assertEquals(0, watchers.count());
        assertTrue(changes.isEmpty());
    }

    @Test
    void refusesWhatGoesBeyondTheLimitsAndKeepsTheRestCurrent() {
        TopicStore small = new TopicStore(new Limits(2, 10_000), watchers);
        assertEquals(Outcome.CHANGED, small.put("a", number(1), NOW));
        assertEquals(Outcome.CHANGED, small.put("b", number(1), NOW));
        assertEquals(Outcome.TOO_MANY, small.put("c", number(1), NOW));
        assertEquals(Outcome.CHANGED, small.put("a", number(2), NOW));
        assertEquals(Outcome.TOO_LARGE, small.put("a", new JsonString("x".repeat(20_000)), NOW));
        assertEquals(Optional.of(number(2)), small.tree().value("a"));
        assertEquals(Outcome.CHANGED, small.remove("b", NOW));
        assertEquals(Outcome.CHANGED, small.put("c", number(1), NOW));
        assertEquals(2, small.tree().size());
    }

    @Test
    void putsAWholeTreeInPlaceAndTellsWhatIsDifferent() throws InterruptedException {
        store.put("gone", number(1), NOW);
        store.put("same", number(1), NOW);
        store.put("other", number(1), NOW);
        BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
        watchers.watch("#", changes::add);
        TopicTree next =
                TopicTree.EMPTY.with("same", number(1)).with("other", number(2)).with("new", number(3));
        store.replace(next, NOW);
        assertEquals(next, store.tree());
        assertEquals(new StateChange("gone", Optional.of(number(1)), Optional.empty(), NOW), next(changes));
        assertEquals(new StateChange("new", Optional.empty(), Optional.of(number(3)), NOW), next(changes));
        assertEquals(new StateChange("other", Optional.of(number(1)), Optional.of(number(2)), NOW), next(changes));
        assertFalse(store.bytes() <= 0);
    }
}
