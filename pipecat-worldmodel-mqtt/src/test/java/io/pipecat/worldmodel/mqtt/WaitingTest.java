package io.pipecat.worldmodel.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.testkit.node.TestMetrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What waits to go out, what waits to be heard, what is remembered to be known again, and how long to wait. */
class WaitingTest {
    private final TestMetrics counts = new TestMetrics();
    private final LinkMetrics metrics = new LinkMetrics(counts, Clock.systemUTC());
    private final Outbox outbox = new Outbox(metrics);
    private final AtomicLong now = new AtomicLong();
    private final Echoes echoes = new Echoes(now::get);

    private static MqttMessage message(String topic, String payload, boolean retained) {
        return new MqttMessage(topic, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), 0, retained);
    }

    private static String text(MqttMessage message) {
        return message.topic() + " " + StandardCharsets.UTF_8.decode(message.payload());
    }

    private long dropped(String reason) {
        return counts.counted("pipecat_mqtt_dropped_total", Map.of("reason", reason));
    }

    @Test
    void keepsTheNewestOfEachTopicInOrder() {
        outbox.add(message("a", "1", true), true, 0);
        outbox.add(message("b", "1", true), true, 0);
        outbox.add(message("a", "2", true), true, 0);
        outbox.putBack(message("a", "0", true), 0);
        outbox.putBack(message("c", "0", true), 0);
        assertEquals(
                List.of("a 2", "b 1", "c 0"),
                outbox.takeAll(0).stream().map(WaitingTest::text).toList());
        assertEquals(2, dropped("superseded"));
    }

    @Test
    void keepsEachEventWhileTheBrokerIsThereAndNoneForLong() {
        outbox.add(message("bell", "1", false), false, 0);
        outbox.add(message("bell", "2", false), false, 0);
        outbox.add(message("lamp", "on", true), false, 0);
        assertEquals(3, outbox.size());
        long later = Outbox.EVENT_LIFE.toNanos() + 1;
        assertEquals(
                List.of("lamp on"),
                outbox.takeAll(later).stream().map(WaitingTest::text).toList());
        assertEquals(2, dropped("expired"));
    }

    @Test
    void dropsTheOldestBeyondItsBounds() {
        for (int i = 0; i <= Outbox.MAX_MESSAGES; i++) {
            outbox.add(message("t/" + i, "x", true), true, 0);
        }
        assertEquals(Outbox.MAX_MESSAGES, outbox.size());
        assertEquals(1, dropped("buffer_full"));
        assertEquals("t/1 x", text(outbox.poll(0)));
        outbox.add(message("large", "x".repeat((int) Outbox.MAX_BYTES), true), true, 0);
        assertEquals(
                List.of("large"),
                outbox.takeAll(0).stream().map(MqttMessage::topic).toList());
    }

    @Test
    void knowsOnceWhatItSent() {
        echoes.sent(message("a", "1", false));
        echoes.sent(message("a", "2", false));
        echoes.sent(message("a", "1", false));
        assertFalse(echoes.isOwn(message("b", "1", false), true));
        assertFalse(echoes.isOwn(message("a", "3", false), true));
        assertTrue(echoes.isOwn(message("a", "2", false), true));
        assertTrue(echoes.isOwn(message("a", "1", false), true));
        assertFalse(echoes.isOwn(message("a", "1", false), true), "somebody else says the same afterwards");
    }

    @Test
    void knowsWhatWasKeptForAWhile() {
        echoes.sent(message("a", "1", true));
        assertTrue(echoes.isOwn(message("a", "1", true), false));
        assertTrue(echoes.isOwn(message("a", "1", true), false));
        now.set(Echoes.LIFE.toNanos() + 1);
        assertFalse(echoes.isOwn(message("a", "1", true), false));
    }

    @Test
    void dropsTheOldestThatAListenerIsTooSlowFor() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        // As in the link, where it is another thread that waits for more to come together.
        ExecutorService loop = Executors.newSingleThreadExecutor();
        Inbox inbox = new Inbox(
                loop,
                message -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    heard.incrementAndGet();
                },
                metrics);
        try (loop;
                inbox) {
            inbox.hear(message("first", "", false), () -> acknowledged.add("first"));
            int more = 50;
            for (int i = 0; i < 2 * Inbox.MAX_MESSAGES + more; i++) {
                inbox.hear(message("t", "", false), null);
            }
            inbox.hear(message("last", "", false), () -> acknowledged.add("last"));
            release.countDown();
        }
        assertEquals(List.of("first", "last"), acknowledged);
        // The thread may have taken some before they were too many.
        assertTrue(dropped("slow_listener") >= 50, () -> "dropped " + dropped("slow_listener"));
        assertEquals(2L * Inbox.MAX_MESSAGES + 50 + 2, heard.get() + dropped("slow_listener"));
    }

    @Test
    void waitsLongerEachTimeUpToABound() {
        Backoff backoff = new Backoff(() -> 0);
        assertEquals(Duration.ofMillis(100), backoff.after(1, Problem.Kind.AWAY));
        assertEquals(Duration.ofMillis(125), backoff.after(2, Problem.Kind.AWAY));
        assertEquals(Duration.ofSeconds(1), backoff.after(1, Problem.Kind.REFUSED));
        assertEquals(Duration.ofSeconds(5), backoff.after(1, Problem.Kind.TAKEN_OVER));
        assertEquals(Duration.ofSeconds(30), backoff.after(1_000, Problem.Kind.AWAY));
        assertEquals(Duration.ofSeconds(20), new Backoff(() -> 1).after(1_000, Problem.Kind.AWAY));
    }
}
