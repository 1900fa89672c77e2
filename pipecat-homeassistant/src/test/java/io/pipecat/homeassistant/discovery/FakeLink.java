package io.pipecat.homeassistant.discovery;

import io.pipecat.api.Subscription;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker that keeps what is retained, and what was published in order. */
public final class FakeLink implements MqttLink {
    private record Subscriber(List<String> filters, MqttListener listener) {}

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    final Map<String, String> retained = new ConcurrentSkipListMap<>();
    final List<MqttMessage> published = new CopyOnWriteArrayList<>();

    static String text(MqttMessage message) {
        return StandardCharsets.UTF_8.decode(message.payload()).toString();
    }

    /** What the topic holds that a link fails at. */
    volatile String trips = "/";

    /** Somebody else publishes. */
    void hear(String topic, String payload, boolean retained) {
        MqttMessage message =
                new MqttMessage(topic, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), 0, retained);
        subscribers.stream()
                .filter(subscriber -> subscriber.filters().stream().anyMatch(filter -> matches(filter, topic)))
                .forEach(subscriber -> subscriber.listener().message(message));
    }

    /** The broker was away, has forgotten everything, and is there again. */
    void reconnect() {
        retained.clear();
        subscribers.forEach(subscriber -> subscriber.listener().subscribed());
    }

    int subscriptions() {
        return subscribers.size();
    }

    private static boolean matches(String filter, String topic) {
        return topic.matches(filter.replace("+", "[^/]*"));
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public String description() {
        return "a broker for tests";
    }

    @Override
    public void publish(MqttMessage message) {
        if (message.topic().contains("-" + trips + "/")) {
            throw new IllegalStateException("a fault of the link");
        }
        published.add(message);
        if (message.retained() && message.payload().hasRemaining()) {
            retained.put(message.topic(), text(message));
        } else {
            retained.remove(message.topic());
        }
    }

    @Override
    public Subscription subscribe(List<String> filters, MqttListener listener) {
        Subscriber subscriber = new Subscriber(filters, listener);
        subscribers.add(subscriber);
        listener.subscribed();
        return () -> subscribers.remove(subscriber);
    }

    @Override
    public void close() {}
}
