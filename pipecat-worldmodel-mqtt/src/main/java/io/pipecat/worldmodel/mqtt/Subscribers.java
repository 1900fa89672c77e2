package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those of this node that listen. Registered by any thread; called by that of the {@link Inbox} alone. */
final class Subscribers {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

    /** One of them. */
    static final class Subscriber {
        private final List<String> filters;
        private final MqttListener listener;
        /** Whether it was told that it is connected. Of the thread that calls listeners. */
        private boolean told;

        private volatile boolean closed;
        private boolean failed;

        Subscriber(List<String> filters, MqttListener listener) {
            this.filters = List.copyOf(filters);
            this.listener = listener;
        }

        List<String> filters() {
            return filters;
        }

        void close() {
            closed = true;
        }

        private boolean matches(String topic) {
            for (String filter : filters) {
                if (Filters.matches(filter, topic)) {
                    return true;
                }
            }
            return false;
        }

        private void call(Runnable call) {
            if (closed) {
                return;
            }
            try {
                call.run();
            } catch (RuntimeException e) {
                // Others still want to hear; and one that always fails must not fill the log.
                if (!failed) {
                    LOG.error(
                            "A listener to MQTT topics {} failed; it goes on, and further failures are not told.",
                            filters,
                            e);
                }
                failed = true;
            }
        }

        /** Tells it that it is connected, if it does not know yet. */
        void connected() {
            if (!told) {
                told = true;
                call(listener::subscribed);
            }
        }

        private void disconnected() {
            if (told) {
                told = false;
                call(listener::disconnected);
            }
        }
    }

    private final List<Subscriber> all = new CopyOnWriteArrayList<>();

    void add(Subscriber subscriber) {
        all.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        subscriber.close();
        all.remove(subscriber);
    }

    Collection<Subscriber> all() {
        return all;
    }

    List<String> filters() {
        return all.stream().flatMap(subscriber -> subscriber.filters().stream()).toList();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Gives a message to those that want it. A broker may send what it kept before it confirms the subscription. */
    void hear(MqttMessage message) {
        for (Subscriber subscriber : all) {
            if (subscriber.matches(message.topic())) {
                subscriber.connected();
                subscriber.call(() -> subscriber.listener.message(message));
            }
        }
    }

    void disconnected() {
        all.forEach(Subscriber::disconnected);
    }

    /** Those that get at least some of what they want where only these filters were accepted. */
    Stream<Subscriber> servedBy(Collection<String> accepted) {
        return all.stream()
                .filter(subscriber -> subscriber.filters().stream()
                        .anyMatch(filter -> accepted.stream().anyMatch(wide -> Filters.covers(wide, filter))));
    }
}
