package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.Metrics;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what goes through the link, and tells of what is lost, though not of each. */
final class LinkMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final long TELL_AGAIN_MILLIS = TimeUnit.SECONDS.toMillis(10);

    /** Why a message did not go on. */
    enum Loss {
        /** Too much waited for the broker. */
        BUFFER_FULL("more waited for the MQTT broker than the buffer holds; the oldest were dropped"),
        /** It was for those who listened then. */
        EXPIRED("messages that are not retained waited too long for the MQTT broker and were dropped"),
        /** A newer message of the topic took its place while the broker was away. As designed, so nobody is told. */
        SUPERSEDED(""),
        /** It has no valid topic. */
        INVALID("messages have a topic that MQTT does not allow and were dropped"),
        /** The broker did not want it. */
        REFUSED("the MQTT broker refused messages; check its access rules and its limit for the size of a message"),
        /** The link was closed before. */
        CLOSED("messages were published while the node was closing and were dropped"),
        /** Messages came faster than they were dealt with. */
        SLOW_LISTENER("MQTT messages came faster than this node deals with them; the oldest were dropped."
                + " Narrow mqtt_topic, or set mqtt_qos to 1 so that the broker waits");

        private final String sentence;

        Loss(String sentence) {
            this.sentence = sentence;
        }
    }

    private static final class Count {
        private final Metrics.Counter counter;
        private long untold;
        private long toldAt = Long.MIN_VALUE;

        Count(Metrics.Counter counter) {
            this.counter = counter;
        }
    }

    final Metrics.Counter published;
    final Metrics.Counter received;
    final Metrics.Counter own;
    final Metrics.Counter connects;
    private final Map<Loss, Count> losses = new EnumMap<>(Loss.class);
    private final Clock clock;

    LinkMetrics(Metrics metrics, Clock clock) {
        this.clock = clock;
        published = metrics.counter(
                "pipecat_mqtt_published_total",
                "Messages handed to the broker; with QoS 1 and 2: confirmed.",
                Map.of());
        received = metrics.counter("pipecat_mqtt_received_total", "Messages that came from the broker.", Map.of());
        own = metrics.counter(
                "pipecat_mqtt_own_total", "Messages that came back although this node had published them.", Map.of());
        connects = metrics.counter(
                "pipecat_mqtt_connects_total", "Connections to the broker, the first included.", Map.of());
        for (Loss loss : Loss.values()) {
            losses.put(
                    loss,
                    new Count(metrics.counter(
                            "pipecat_mqtt_dropped_total",
                            "Messages that did not go on, by reason.",
                            Map.of("reason", loss.name().toLowerCase(Locale.ROOT)))));
        }
    }

    void lost(Loss loss, String topic) {
        Count count = Objects.requireNonNull(losses.get(loss));
        count.counter.increment();
        if (loss == Loss.SUPERSEDED) {
            return;
        }
        synchronized (count) {
            count.untold++;
            long now = clock.millis();
            if (count.toldAt != Long.MIN_VALUE && now - count.toldAt < TELL_AGAIN_MILLIS) {
                return;
            }
            count.toldAt = now;
            LOG.warn("{} lost: {} (last topic: {}).", count.untold, loss.sentence, shortened(topic));
            count.untold = 0;
        }
    }

    private static String shortened(String topic) {
        int most = 100;
        return topic.length() <= most ? topic : topic.substring(0, most) + "…";
    }
}
