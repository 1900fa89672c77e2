package io.pipecat.testkit.node;

import io.pipecat.api.Metrics;
import io.pipecat.api.Subscription;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counts, so that a test can look. */
public final class TestMetrics implements Metrics {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

    /** Makes metrics that have counted nothing. */
    public TestMetrics() {}

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        LongAdder count = count(name, labels);
        return count::add;
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels) {
        LongAdder count = count(name, labels);
        return value -> count.increment();
    }

    private LongAdder count(String name, Map<String, String> labels) {
        return counts.computeIfAbsent(name + new TreeMap<>(labels), key -> new LongAdder());
    }

    @Override
    public Subscription gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        String key = name + new TreeMap<>(labels);
        gauges.put(key, value);
        return () -> gauges.remove(key, value);
    }

    /**
     * Returns how far a counter got, or how many observations a histogram has.
     *
     * @param name its name
     * @param labels its labels
     * @return the number; 0 if nobody asked for it yet
     */
    public long counted(String name, Map<String, String> labels) {
        LongAdder count = counts.get(name + new TreeMap<>(labels));
        return count == null ? 0 : count.sum();
    }

    /**
     * Returns what a gauge shows now.
     *
     * @param name its name
     * @param labels its labels
     * @return the value
     * @throws NoSuchElementException if there is no such gauge
     */
    public double shown(String name, Map<String, String> labels) {
        DoubleSupplier gauge = gauges.get(name + new TreeMap<>(labels));
        if (gauge == null) {
            throw new NoSuchElementException("no gauge " + name + labels + " among " + gauges.keySet());
        }
        return gauge.getAsDouble();
    }

    @Override
    public String expose() {
        StringBuilder out = new StringBuilder();
        counts.forEach(
                (name, count) -> out.append(name).append(' ').append(count).append('\n'));
        gauges.forEach((name, gauge) ->
                out.append(name).append(' ').append(gauge.getAsDouble()).append('\n'));
        return out.toString();
    }
}
