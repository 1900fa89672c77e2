package io.pipecat.api.mqtt;

import io.pipecat.api.Subscription;
import java.util.List;

/**
 * The connection of this node to a broker. It comes and goes by itself: a broker that is away at start or goes away later
 * fails nothing here. Thread-safe.
 */
public interface MqttLink extends AutoCloseable {

    /**
     * Returns whether the broker is there now.
     *
     * @return whether it answered last
     */
    boolean connected();

    /**
     * Returns where the broker is, for messages.
     *
     * @return such as {@code mqtt://broker:1883 (MQTT 5)}
     */
    String description();

    /**
     * Publishes. Never blocks and never fails: while the broker is away, the newest message of each topic is kept, up to
     * a bound; what is dropped is counted and logged.
     *
     * @param message the message
     */
    void publish(MqttMessage message);

    /**
     * Hears what others publish, from now on and after each connect.
     *
     * @param filters topic filters with MQTT's wildcards; a message that several match comes once, or while the
     *     subscriptions of this link change perhaps twice: rather that than never
     * @param listener gets the messages
     * @return closing it ends the subscription
     * @throws IllegalArgumentException if a filter is none
     */
    Subscription subscribe(List<String> filters, MqttListener listener);

    /** Publishes what is still waiting, within a second, says that this node is gone, and disconnects. */
    @Override
    void close();
}
