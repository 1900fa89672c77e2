package io.pipecat.worldmodel.local;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.worldmodel.state.Payloads;
import io.pipecat.worldmodel.state.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The broker as this model sees it. What was said here while the broker was away is newer than what the broker had kept
 * meanwhile, so such a message does not count; the link publishes ours when it connects, and all others end with it too.
 * Thread-safe.
 */
final class BrokerSide {
    /** What other systems tell Home Assistant about themselves is no state of the house. */
    private static final String DISCOVERY = "homeassistant/";

    /** Takes what comes from the broker. */
    interface Receiver {
        /**
         * A topic has another value.
         *
         * @param value empty if it is gone
         * @param old whether the broker had kept it
         */
        void received(String topic, Optional<JsonValue> value, boolean old);

        /** A payload was too large to be read. */
        void tooLarge(String topic, int bytes);
    }

    private final MqttLink link;
    private final List<String> filters;
    private final boolean discovery;
    private final int qos;
    private final boolean retain;
    private final Clock clock;
    private volatile Set<String> unsent = ConcurrentHashMap.newKeySet();
    private volatile Set<String> newerHere = Set.of();
    private volatile Instant lastInTouch;

    BrokerSide(MqttLink link, List<String> filters, int qos, boolean retain, Clock clock, Instant lastInTouch) {
        this.link = link;
        this.filters = List.copyOf(filters);
        this.discovery = filters.stream().anyMatch(filter -> filter.startsWith(DISCOVERY));
        this.qos = qos;
        this.retain = retain;
        this.clock = clock;
        this.lastInTouch = lastInTouch;
    }

    /** Begins to hear. */
    Subscription listen(Receiver receiver) {
        return link.subscribe(filters, new MqttListener() {
            @Override
            public void message(MqttMessage message) {
                take(message, receiver);
            }

            @Override
            public void subscribed() {
                newerHere = unsent;
                unsent = ConcurrentHashMap.newKeySet();
            }

            @Override
            public void disconnected() {
                lastInTouch = clock.instant();
            }
        });
    }

    private void take(MqttMessage message, Receiver receiver) {
        String topic = message.topic();
        if (topic.startsWith(DISCOVERY) && !discovery) {
            return;
        }
        if (!newerHere.isEmpty() && newerHere.contains(topic)) {
            if (message.retained()) {
                return;
            }
            newerHere.remove(topic);
        }
        ByteBuffer payload = message.payload();
        if (payload.remaining() > Payloads.MAX_BYTES) {
            receiver.tooLarge(topic, payload.remaining());
        } else {
            receiver.received(topic, Payloads.decode(payload), message.retained());
        }
    }

    /** Tells the broker that a topic has a value; an empty one that it has none any more. Never blocks. */
    void publish(String topic, Optional<JsonValue> value) {
        if (!link.connected()) {
            unsent.add(topic);
        }
        // Nothing deletes a topic but what the broker would have kept.
        boolean kept = retain || value.isEmpty();
        link.publish(
                new MqttMessage(topic, value.map(Payloads::encode).orElseGet(() -> ByteBuffer.allocate(0)), qos, kept));
    }

    /** Tells a device what to do. A command is for now: nobody keeps it. */
    void command(String topic, JsonValue value) {
        link.publish(new MqttMessage(Topics.check(topic), Payloads.encode(value), qos, false));
    }

    boolean connected() {
        return link.connected();
    }

    String description() {
        return link.description();
    }

    /** When what the broker has was known here last. */
    Instant lastInTouch() {
        return link.connected() ? clock.instant() : lastInTouch;
    }
}
