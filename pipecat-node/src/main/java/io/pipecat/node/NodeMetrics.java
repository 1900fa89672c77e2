package io.pipecat.node;

import io.pipecat.api.Metrics;
import io.pipecat.api.Subscription;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * Counts in memory and tells it as Prometheus reads it (text exposition format 0.0.4).
 */
final class NodeMetrics implements Metrics {
    /** From a millisecond to two minutes; also serves sizes poorly but harmlessly, as everything beyond is in +Inf. */
    private static final double[] BOUNDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120
    };

    private enum Kind {
        COUNTER,
        HISTOGRAM,
        GAUGE
    }

    private record Family(Kind kind, String help, Map<String, Object> instruments) {}

    private final Map<String, Family> families = new ConcurrentHashMap<>();

    private static final class Sum implements Counter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long amount) {
            sum.add(amount);
        }
    }

    private static final class Buckets implements Histogram {
        private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
        private final DoubleAdder sum = new DoubleAdder();

        Buckets() {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = new LongAdder();
            }
        }

        @Override
        public void record(double value) {
            int i = 0;
            while (i < BOUNDS.length && value > BOUNDS[i]) {
                i++;
            }
            counts[i].increment();
            sum.add(value);
        }
    }

    private Map<String, Object> instruments(String name, Kind kind, String help) {
        Family family = families.computeIfAbsent(name, n -> new Family(kind, help, new ConcurrentHashMap<>()));
        if (family.kind() != kind) {
            throw new IllegalArgumentException("the metric " + name + " is a " + family.kind() + " already");
        }
        return family.instruments();
    }

    @Override
    public Counter counter(String name, String help, Map<String, String> labels) {
        return (Counter) instruments(name, Kind.COUNTER, help).computeIfAbsent(text(labels), l -> new Sum());
    }

    @Override
    public Histogram histogram(String name, String help, Map<String, String> labels) {
        return (Histogram) instruments(name, Kind.HISTOGRAM, help).computeIfAbsent(text(labels), l -> new Buckets());
    }

    @Override
    public Subscription gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        Map<String, Object> gauges = instruments(name, Kind.GAUGE, help);
        String key = text(labels);
        gauges.put(key, value);
        return () -> gauges.remove(key, value);
    }

    private static String text(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + "\"")
                        .collect(Collectors.joining(","));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String expose() {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(families).forEach((name, family) -> {
            out.append("# HELP ").append(name).append(' ').append(family.help().replace('\n', ' '));
            out.append("\n# TYPE ").append(name).append(' ');
            out.append(family.kind().name().toLowerCase(java.util.Locale.ROOT)).append('\n');
            new TreeMap<>(family.instruments()).forEach((labels, instrument) -> expose(name, labels, instrument, out));
        });
        return out.toString();
    }

    private static void expose(String name, String labels, Object instrument, StringBuilder out) {
        switch (instrument) {
            case Sum sum -> line(out, name, labels, String.valueOf(sum.sum.sum()));
            case Buckets buckets -> expose(name, labels, buckets, out);
            case DoubleSupplier gauge -> line(out, name, labels, number(gauge.getAsDouble()));
            default -> throw new IllegalStateException("no such instrument: " + instrument);
        }
    }

    private static void expose(String name, String labels, Buckets buckets, StringBuilder out) {
        long count = 0;
        String prefix = labels.isEmpty() ? "" : labels + ",";
        for (int i = 0; i < buckets.counts.length; i++) {
            count += buckets.counts[i].sum();
            String bound = i < BOUNDS.length ? number(BOUNDS[i]) : "+Inf";
            line(out, name + "_bucket", prefix + "le=\"" + bound + "\"", String.valueOf(count));
        }
        line(out, name + "_sum", labels, number(buckets.sum.sum()));
        line(out, name + "_count", labels, String.valueOf(count));
    }

    private static void line(StringBuilder out, String name, String labels, String value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "NaN" : Double.toString(value).replace("Infinity", "Inf");
    }
}
