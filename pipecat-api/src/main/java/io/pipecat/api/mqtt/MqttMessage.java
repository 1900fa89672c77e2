package io.pipecat.api.mqtt;

import java.nio.ByteBuffer;

/** A message of MQTT. Immutable. */
public final class MqttMessage {
    private final String topic;
    private final ByteBuffer payload;
    private final int qos;
    private final boolean retained;

    /**
     * Makes a message.
     *
     * @param topic the topic, without wildcards
     * @param payload what it says, taken over: the caller must not change it afterwards; nothing, if the topic is to be
     *     deleted
     * @param qos the quality of service, 0 to 2
     * @param retained sent: whether the broker keeps it for those that come later; received: whether it was kept, and so
     *     may be old
     * @throws IllegalArgumentException if {@code qos} is out of range
     */
    public MqttMessage(String topic, ByteBuffer payload, int qos, boolean retained) {
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("a quality of service is 0, 1 or 2, not " + qos);
        }
        this.topic = topic;
        this.payload = payload.asReadOnlyBuffer();
        this.qos = qos;
        this.retained = retained;
    }

    /**
     * Returns the topic.
     *
     * @return the topic, without wildcards
     */
    public String topic() {
        return topic;
    }

    /**
     * Returns what it says.
     *
     * @return the bytes, read-only, with a position of the caller's own
     */
    public ByteBuffer payload() {
        return payload.asReadOnlyBuffer();
    }

    /**
     * Returns the quality of service.
     *
     * @return 0 (at most once), 1 (at least once) or 2 (once)
     */
    public int qos() {
        return qos;
    }

    /**
     * Returns whether the broker keeps it, or had kept it.
     *
     * @return for a message that was received: whether it may be old
     */
    public boolean retained() {
        return retained;
    }
}
