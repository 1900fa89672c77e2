package io.pipecat.endpoint.mcp;

import io.pipecat.api.Metrics;
import io.pipecat.api.Subscription;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counts, so that a test can look. */
final class TestMetrics implements Metrics {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        LongAdder count = counts.computeIfAbsent(name + new TreeMap<>(labels), key -> new LongAdder());
        return count::add;
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels) {
        LongAdder count = counts.computeIfAbsent(name + new TreeMap<>(labels), key -> new LongAdder());
        return value -> count.increment();
    }

    @Override
    public Subscription gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        gauges.put(name, value);
        return () -> gauges.remove(name, value);
    }

    @Override
    public String expose() {
        StringBuilder out = new StringBuilder();
        counts.forEach(
                (name, count) -> out.append(name).append(' ').append(count).append('\n'));
        return out.toString();
    }
}
