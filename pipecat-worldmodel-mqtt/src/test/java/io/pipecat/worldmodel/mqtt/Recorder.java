package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens and keeps what it heard, as {@code topic payload}, with {@code (kept)} behind what may be old. */
final class Recorder implements MqttListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final List<String> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger subscribed = new AtomicInteger();
    final AtomicInteger disconnected = new AtomicInteger();

    @Override
    public void message(MqttMessage message) {
        heard.add(message.topic() + " " + StandardCharsets.UTF_8.decode(message.payload())
                + (message.retained() ? " (kept)" : ""));
    }

    @Override
    public void subscribed() {
        heard.add("subscribed");
        subscribed.incrementAndGet();
    }

    @Override
    public void disconnected() {
        heard.add("disconnected");
        disconnected.incrementAndGet();
    }

    void await(String line) {
        Await.until(() -> line + " among " + heard, PATIENCE, () -> heard.contains(line));
    }

    void awaitSubscribed(int times) {
        Await.until("subscribed " + times + " times", PATIENCE, () -> subscribed.get() >= times);
    }

    long count(String line) {
        return heard.stream().filter(line::equals).count();
    }
}
