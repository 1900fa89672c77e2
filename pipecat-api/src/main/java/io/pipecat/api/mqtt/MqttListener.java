package io.pipecat.api.mqtt;

/**
 * Hears a broker. Called on one thread of the link at a time, in the order in which messages came; must return quickly,
 * for while it works nothing else is received.
 */
public interface MqttListener {

    /**
     * A message of somebody else; what this node published does not come back.
     *
     * @param message the message
     */
    void message(MqttMessage message);

    /** The broker has confirmed the subscription, after each connect again. What it kept comes next. */
    default void subscribed() {}

    /** The broker is away. The link connects again by itself. */
    default void disconnected() {}
}
