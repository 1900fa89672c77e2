package io.pipecat.worldmodel.remote;

import io.pipecat.api.Subscription;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.worldmodel.state.Payloads;
import io.pipecat.worldmodel.state.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Learns what the broker tells, while nobody else does. Thread-safe. */
final class BrokerSource implements AutoCloseable {
    /** The link itself finds out that its broker is away. */
    private static final Duration ANY_SILENCE = Duration.ofDays(365);

    private static final String ANNOUNCEMENTS = "homeassistant/";
    private static final String PROPERTY = "{property}";

    private final MqttLink link;
    private final List<String> filters;
    private final Knowledge knowledge;
    private @Nullable Subscription subscription;
    /** Set before the link may call back, and taken away before it has stopped to. */
    private volatile boolean listening;

    BrokerSource(MqttLink link, List<String> filters, Knowledge knowledge) {
        this.link = link;
        this.filters = filters;
        this.knowledge = knowledge;
    }

    /** Listens. Does nothing if it listens already. */
    synchronized void open() {
        if (subscription == null) {
            listening = true;
            subscription = link.subscribe(filters, new Listener());
        }
    }

    /** Whether what is known comes from the broker now. */
    boolean listens() {
        return listening;
    }

    boolean connected() {
        return link.connected();
    }

    String description() {
        return link.description();
    }

    /** Tells others; it does not come back from there, so it is taken in here. */
    void tell(String topic, Optional<JsonValue> value, int qos, boolean retain) {
        // An empty payload is how MQTT deletes a topic, which works on what is retained alone.
        boolean retained = retain || value.isEmpty();
        link.publish(new MqttMessage(
                topic, value.map(Payloads::encode).orElseGet(() -> ByteBuffer.allocate(0)), qos, retained));
        if (listens()) {
            take(topic, value);
        }
    }

    /** Tells a device what to do: where its topic holds {@code {property}}, each property on a topic of its own. */
    void command(String topic, JsonObject change, int qos) {
        if (topic.contains(PROPERTY)) {
            change.members().forEach((property, value) -> send(topic.replace(PROPERTY, property), value, qos));
        } else {
            send(topic, change, qos);
        }
    }

    /** A command is for now: nobody keeps it. */
    private void send(String topic, JsonValue value, int qos) {
        link.publish(new MqttMessage(Topics.check(topic), Payloads.encode(value), qos, false));
    }

    private void take(String topic, Optional<JsonValue> value) {
        value.ifPresentOrElse(v -> knowledge.put(topic, v), () -> knowledge.remove(topic));
    }

    /** Stops listening. */
    @Override
    public synchronized void close() {
        if (subscription != null) {
            listening = false;
            subscription.close();
            subscription = null;
        }
    }

    private final class Listener implements MqttListener {
        @Override
        public void message(MqttMessage message) {
            if (!listening || message.topic().startsWith(ANNOUNCEMENTS)) {
                return;
            }
            ByteBuffer payload = message.payload();
            if (payload.remaining() > Payloads.MAX_BYTES) {
                knowledge.leftOut(
                        message.topic(),
                        "it has " + payload.remaining() + " bytes, and at most " + Payloads.MAX_BYTES + " are read");
            } else {
                take(message.topic(), Payloads.decode(payload));
            }
        }

        @Override
        public void subscribed() {
            if (listening) {
                knowledge.model(null);
                knowledge.live(Duration.ZERO, ANY_SILENCE);
            }
        }

        @Override
        public void disconnected() {
            if (listening) {
                knowledge.lostNow();
            }
        }
    }
}
