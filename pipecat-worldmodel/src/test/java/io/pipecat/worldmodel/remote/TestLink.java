package io.pipecat.worldmodel.remote;

import io.pipecat.api.Subscription;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker that a test plays. */
final class TestLink implements MqttLink {
    private final List<MqttMessage> messages = new CopyOnWriteArrayList<>();
    final List<MqttListener> listeners = new CopyOnWriteArrayList<>();
    volatile boolean connected = true;

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public String description() {
        return "mqtt://broker:1883";
    }

    @Override
    public void publish(MqttMessage message) {
        messages.add(message);
    }

    List<String> published() {
        return messages.stream()
                .map(message -> message.topic() + "=" + StandardCharsets.UTF_8.decode(message.payload())
                        + (message.retained() ? " retained" : ""))
                .toList();
    }

    /** Says something as somebody else. */
    void say(String topic, String text) {
        ByteBuffer payload = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        listeners.forEach(listener -> listener.message(new MqttMessage(topic, payload.duplicate(), 0, false)));
    }

    @Override
    public Subscription subscribe(List<String> filters, MqttListener listener) {
        listeners.add(listener);
        if (connected) {
            listener.subscribed();
        }
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {}
}
