package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.worldmodel.mqtt.LinkMetrics.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the broker, in order. State (retained) is worth sending however late, and only its newest value; an event
 * is for those who listen now, so it waits for a short absence only. Not thread-safe.
 */
final class Outbox {
    static final int MAX_MESSAGES = 10_000;
    static final long MAX_BYTES = 32 << 20;
    static final Duration EVENT_LIFE = Duration.ofSeconds(30);
    private static final long OVERHEAD = 200;

    private record Waiting(MqttMessage message, long since) {
        long size() {
            return OVERHEAD + 2L * message.topic().length() + message.payload().remaining();
        }
    }

    private final LinkMetrics metrics;
    /** By topic where a newer message takes the place of this one, else by something of its own. */
    private final Map<Object, Waiting> waiting = new LinkedHashMap<>();

    private long bytes;

    Outbox(LinkMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Adds a message.
     *
     * @param message the message
     * @param away whether there is no connection, so that of events too only the newest of each topic is kept
     * @param now by {@link System#nanoTime()}
     */
    void add(MqttMessage message, boolean away, long now) {
        Object key = message.retained() || away ? message.topic() : new Object();
        Waiting added = new Waiting(message, now);
        Waiting before = waiting.put(key, added);
        bytes += added.size();
        if (before != null) {
            bytes -= before.size();
            metrics.lost(Loss.SUPERSEDED, message.topic());
        }
        Iterator<Waiting> oldest = waiting.values().iterator();
        while (waiting.size() > MAX_MESSAGES || (bytes > MAX_BYTES && waiting.size() > 1)) {
            Waiting dropped = oldest.next();
            oldest.remove();
            bytes -= dropped.size();
            metrics.lost(Loss.BUFFER_FULL, dropped.message().topic());
        }
    }

    /** Puts back a message whose fate is unknown since the connection broke; a newer one of its topic is worth more. */
    void putBack(MqttMessage message, long now) {
        if (waiting.containsKey(message.topic())) {
            metrics.lost(Loss.SUPERSEDED, message.topic());
        } else {
            add(message, true, now);
        }
    }

    /** Takes the oldest that is still worth sending. */
    @Nullable
    MqttMessage poll(long now) {
        Iterator<Waiting> oldest = waiting.values().iterator();
        while (oldest.hasNext()) {
            Waiting next = oldest.next();
            oldest.remove();
            bytes -= next.size();
            if (next.message().retained() || now - next.since() <= EVENT_LIFE.toNanos()) {
                return next.message();
            }
            metrics.lost(Loss.EXPIRED, next.message().topic());
        }
        return null;
    }

    /** Takes all that are still worth sending. */
    List<MqttMessage> takeAll(long now) {
        List<MqttMessage> all = new ArrayList<>();
        for (MqttMessage next = poll(now); next != null; next = poll(now)) {
            all.add(next);
        }
        return all;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }
}
