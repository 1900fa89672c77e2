package io.pipecat.worldmodel.local;

import io.pipecat.api.Subscription;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.worldmodel.state.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A broker in this process that can go away, for what a real one will not do on demand. */
final class FakeBroker {
    private final Map<String, MqttMessage> kept = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();

    Link link() {
        Link link = new Link();
        links.add(link);
        return link;
    }

    /** What somebody who is no node of ours publishes. */
    void publish(String topic, String payload, boolean retain) {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8), retain);
    }

    void publish(String topic, byte[] payload, boolean retain) {
        forward(new MqttMessage(topic, ByteBuffer.wrap(payload), 0, retain), null);
    }

    private void forward(MqttMessage message, Link from) {
        if (message.retained()) {
            if (message.payload().hasRemaining()) {
                kept.put(message.topic(), message);
            } else {
                kept.remove(message.topic());
            }
        }
        // As a broker does: what is forwarded at once is not marked as kept, and does not go back.
        MqttMessage live = new MqttMessage(message.topic(), message.payload(), 0, false);
        List.copyOf(links).stream().filter(link -> link != from).forEach(link -> link.hear(live));
    }

    Map<String, String> kept() {
        Map<String, String> texts = new LinkedHashMap<>();
        kept.forEach((topic, message) -> texts.put(
                topic, StandardCharsets.UTF_8.decode(message.payload()).toString()));
        return texts;
    }

    final class Link implements MqttLink {
        private final Map<String, MqttMessage> waiting = new LinkedHashMap<>();
        private final List<MqttMessage> published = new ArrayList<>();
        private List<String> filters = List.of();
        private MqttListener listener;
        private boolean connected;

        void connect() {
            connected = true;
            if (listener != null) {
                listener.subscribed();
                List.copyOf(kept.values()).stream()
                        .filter(message -> wanted(message.topic()))
                        .forEach(listener::message);
            }
            waiting.values().forEach(message -> forward(message, this));
            waiting.clear();
        }

        void disconnect() {
            connected = false;
            if (listener != null) {
                listener.disconnected();
            }
        }

        private boolean wanted(String topic) {
            return filters.stream().anyMatch(filter -> Topics.matches(filter, topic));
        }

        private void hear(MqttMessage message) {
            if (connected && listener != null && wanted(message.topic())) {
                listener.message(message);
            }
        }

        /** As {@code topic=payload}, with {@code !} behind it where the broker is to keep it. */
        List<String> published() {
            return published.stream()
                    .map(message -> message.topic() + "="
                            + StandardCharsets.UTF_8.decode(message.payload())
                            + (message.retained() ? "!" : ""))
                    .toList();
        }

        boolean isHeard() {
            return listener != null;
        }

        @Override
        public boolean connected() {
            return connected;
        }

        @Override
        public String description() {
            return "mqtt://fake";
        }

        @Override
        public void publish(MqttMessage message) {
            published.add(message);
            if (connected) {
                forward(message, this);
            } else {
                waiting.remove(message.topic());
                waiting.put(message.topic(), message);
            }
        }

        @Override
        public Subscription subscribe(List<String> wantedFilters, MqttListener wantedListener) {
            filters = List.copyOf(wantedFilters);
            listener = wantedListener;
            return () -> listener = null;
        }

        @Override
        public void close() {
            connected = false;
        }
    }
}
