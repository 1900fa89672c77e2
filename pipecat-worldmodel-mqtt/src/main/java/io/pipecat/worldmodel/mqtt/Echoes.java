package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.mqtt.MqttMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Knows again what this node has just published. MQTT 3.1.1 sends it back; with 5 only that which the broker kept may come
 * back, after a subscription that crossed it on the way, and would undo a newer value here.
 *
 * <p>A message is taken for an echo if this node published the same on the same topic within {@link #LIFE}. So a message of
 * somebody else is taken for one only if it says what this node has just said itself.
 */
final class Echoes {
    static final Duration LIFE = Duration.ofSeconds(10);
    static final int MAX_TOPICS = 10_000;
    static final int MAX_PER_TOPIC = 64;

    private record Sent(int length, long checksum, long time) {
        boolean same(Sent other) {
            return length == other.length && checksum == other.checksum;
        }
    }

    private final LongSupplier nanos;
    private final Map<String, Deque<Sent>> byTopic = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, Deque<Sent>> eldest) {
            return size() > MAX_TOPICS;
        }
    };

    /** Makes an empty memory that reads the time in nanoseconds from there. */
    Echoes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void sent(MqttMessage message) {
        Deque<Sent> sent = byTopic.computeIfAbsent(message.topic(), topic -> new ArrayDeque<>(2));
        if (sent.size() >= MAX_PER_TOPIC) {
            sent.pollFirst();
        }
        sent.addLast(summary(message));
    }

    /**
     * Whether a message is one that this node published.
     *
     * @param message what came
     * @param live whether it is passed on as it was published, once for each publication; a kept one may come at any time
     */
    synchronized boolean isOwn(MqttMessage message, boolean live) {
        if (byTopic.isEmpty()) {
            return false;
        }
        Deque<Sent> sent = byTopic.get(message.topic());
        if (sent == null) {
            return false;
        }
        Sent heard = summary(message);
        while (!sent.isEmpty() && heard.time() - sent.getFirst().time() > LIFE.toNanos()) {
            sent.removeFirst();
        }
        boolean own = live ? consumed(sent, heard) : sent.stream().anyMatch(heard::same);
        if (sent.isEmpty()) {
            byTopic.remove(message.topic());
        }
        return own;
    }

    /** Brokers keep the order within a topic, so what was sent before it will not come any more. */
    private static boolean consumed(Deque<Sent> sent, Sent heard) {
        if (sent.stream().noneMatch(heard::same)) {
            return false;
        }
        Iterator<Sent> each = sent.iterator();
        boolean found = false;
        while (!found) {
            found = heard.same(each.next());
            each.remove();
        }
        return true;
    }

    private Sent summary(MqttMessage message) {
        ByteBuffer payload = message.payload();
        int length = payload.remaining();
        CRC32C checksum = new CRC32C();
        checksum.update(payload);
        return new Sent(length, checksum.getValue(), nanos.getAsLong());
    }
}
