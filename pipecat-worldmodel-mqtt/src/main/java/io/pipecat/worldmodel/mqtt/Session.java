package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.mqtt.MqttMessage;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to the broker, made anew each time. What it calls is called on the thread of the event loop. */
interface Session {
    /** How often the broker is asked whether it is still there; after as long again without an answer it is gone. */
    int KEEP_ALIVE_SECONDS = 15;

    /** How long the broker may take to accept a connection, and then to answer to CONNECT. */
    int CONNECT_SECONDS = 5;

    /** Hears what comes of a session. */
    interface Events {
        /**
         * A message.
         *
         * @param message the message
         * @param acknowledge to be run once it has been dealt with; {@code null} if the broker does not wait for that
         */
        void received(MqttMessage message, @Nullable Runnable acknowledge);

        /**
         * It is over, or was never there.
         *
         * @param cause why
         */
        void ended(Throwable cause);
    }

    /** Connects; fails with what {@link Problem#of} understands. */
    CompletableFuture<?> connect();

    /**
     * Publishes.
     *
     * @param message the message
     * @param done called when the broker has confirmed it, or for QoS 0 when it is written, with {@code null}; or with
     *     why not
     */
    void publish(MqttMessage message, Consumer<@Nullable Throwable> done);

    /**
     * Subscribes.
     *
     * @param filters at least one
     * @param kept whether the broker is to send what it kept; MQTT 3.1.1 always does
     * @param done called when the broker has confirmed it, with {@code null}; or with why not
     */
    void subscribe(Collection<String> filters, boolean kept, Consumer<@Nullable Throwable> done);

    /** Ends subscriptions. */
    void unsubscribe(Collection<String> filters);

    /** Says good-bye. */
    CompletableFuture<?> disconnect();
}
