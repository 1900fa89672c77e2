package io.pipecat.worldmodel.local;

import io.pipecat.api.Metrics;
import io.pipecat.api.Subscription;
import io.pipecat.worldmodel.state.TopicStore;
import io.pipecat.worldmodel.state.Topics;
import io.pipecat.worldmodel.state.Watchers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the model counts. Thread-safe. */
final class WorldMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorldMetrics.class);
    private static final Duration LOG_EVERY = Duration.ofMinutes(1);

    /** Where a value comes from. */
    enum Source {
        /** Somebody in this node. */
        LOCAL("local"),
        /** The broker. */
        MQTT("mqtt"),
        /** A system that brings devices. */
        CONNECTOR("connector"),
        /** A device that is none. */
        SIMULATION("simulation");

        private final String label;

        Source(String label) {
            this.label = label;
        }
    }

    private final Metrics metrics;
    private final Clock clock;
    private final Map<Source, Metrics.Counter> updates = new EnumMap<>(Source.class);
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();
    private final List<Subscription> gauges = new ArrayList<>();

    WorldMetrics(Metrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
        for (Source source : Source.values()) {
            updates.put(
                    source,
                    metrics.counter(
                            "pipecat_world_updates_total",
                            "Values that were told, by where they came from.",
                            Map.of("source", source.label)));
        }
    }

    void show(TopicStore topics, Watchers watchers, Optional<StateWriter> writer) {
        gauge(
                "pipecat_world_topics",
                "Topics that have a value.",
                () -> topics.tree().size());
        gauge("pipecat_world_bytes", "Memory that topics and values take, about.", topics::bytes);
        gauge("pipecat_world_watchers", "Who listens for changes.", watchers::count);
        writer.ifPresent(kept -> {
            gauge("pipecat_world_store_bytes", "Size of the file that keeps the state.", kept::bytes);
            gauge(
                    "pipecat_world_store_failing",
                    "1 while the state cannot be written to disk, else 0.",
                    () -> kept.isFailing() ? 1 : 0);
        });
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        gauges.add(metrics.gauge(name, help, Map.of(), value));
    }

    void updated(Source source) {
        Metrics.Counter counter = updates.get(source);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Counts what was not taken in, and logs it, but not each of a flood. */
    void refused(String reason, String topic, String why) {
        metrics.counter("pipecat_world_refused_total", "Values that were not taken in.", Map.of("reason", reason))
                .increment();
        Instant now = clock.instant();
        Instant before = logged.get(reason);
        if (before == null || !now.isBefore(before.plus(LOG_EVERY))) {
            logged.put(reason, now);
            LOG.warn(
                    "What was told of {} is left out: {} More of that kind is counted in pipecat_world_refused_total.",
                    Topics.shown(topic),
                    why);
        }
    }

    void commanded(String result) {
        metrics.counter("pipecat_world_commands_total", "Commands to devices.", Map.of("result", result))
                .increment();
    }

    @Override
    public void close() {
        gauges.forEach(Subscription::close);
    }
}
