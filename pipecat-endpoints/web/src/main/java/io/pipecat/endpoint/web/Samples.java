package io.pipecat.endpoint.web;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short memory of the node's metrics, for plots: some numbers every few seconds for half an hour. They are taken out of the text that
 * Prometheus gets too, so that both tell the same.
 */
final class Samples implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Samples.class);
    private static final Duration MEMORY = Duration.ofMinutes(30);

    private enum Kind {
        /** The value as it is. */
        LEVEL,
        /** How fast it grows. */
        RATE,
        /** What one of its observations was on average, since the last look. */
        MEAN
    }

    private record Series(String id, String title, String unit, Kind kind, String metric) {}

    private static final List<Series> SERIES = List.of(
            new Series("requests", "Requests", "per_second", Kind.RATE, "pipecat_http_requests_total"),
            new Series("in_flight", "Requests under way", "count", Kind.LEVEL, "pipecat_http_requests_in_flight"),
            new Series("answer_start", "Time to first text", "seconds", Kind.MEAN, "pipecat_answer_start_seconds"),
            new Series("answers", "Answers", "per_second", Kind.RATE, "pipecat_answer_start_seconds_count"),
            new Series("world_updates", "Updates of the house", "per_second", Kind.RATE, "pipecat_world_updates_total"),
            new Series("streams", "Open tabs and streams", "count", Kind.LEVEL, "pipecat_web_streams"));

    private final NodeContext context;
    private final Duration interval;
    private final Map<String, Deque<double[]>> points = new LinkedHashMap<>();
    private final List<Consumer<? super JsonObject>> listeners = new CopyOnWriteArrayList<>();
    private Map<String, Double> before = Map.of();
    private long beforeNanos;
    private long beforeCpu;
    private final Thread sampler;

    Samples(NodeContext context, Duration interval) {
        this.context = context;
        this.interval = interval;
        this.sampler = Thread.ofVirtual().name("web-samples").unstarted(this::run);
        sampler.start();
    }

    private void run() {
        try {
            while (true) {
                try {
                    sample();
                } catch (RuntimeException e) {
                    LOG.warn("The metrics could not be looked at; the plots have a gap", e);
                }
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOG.debug("The node stops", e);
        }
    }

    private void sample() {
        Map<String, Double> now = sums(context.metrics().expose());
        long nanos = System.nanoTime();
        long cpu = cpuNanos();
        double seconds = Math.max(1e-3, (nanos - beforeNanos) / 1e9);
        boolean first = before.isEmpty();
        Map<String, Double> values = new LinkedHashMap<>();
        Runtime jvm = Runtime.getRuntime();
        values.put("memory", (double) (jvm.totalMemory() - jvm.freeMemory()));
        if (!first && cpu >= 0) {
            values.put("cpu", 100 * (cpu - beforeCpu) / 1e9 / seconds);
        }
        for (Series series : SERIES) {
            Double value = now.get(series.metric());
            switch (series.kind()) {
                case LEVEL -> put(values, series, value);
                case RATE -> {
                    if (!first && value != null) {
                        put(values, series, (value - before.getOrDefault(series.metric(), 0.0)) / seconds);
                    }
                }
                case MEAN -> {
                    double count = growth(now, series.metric() + "_count");
                    if (!first && count > 0) {
                        put(values, series, growth(now, series.metric() + "_sum") / count);
                    }
                }
            }
        }
        before = now;
        beforeNanos = nanos;
        beforeCpu = cpu;
        keep(values);
    }

    private double growth(Map<String, Double> now, String metric) {
        return now.getOrDefault(metric, 0.0) - before.getOrDefault(metric, 0.0);
    }

    private static void put(
            Map<String, Double> values, Series series, @org.jspecify.annotations.Nullable Double value) {
        if (value != null && Double.isFinite(value)) {
            values.put(series.id(), value);
        }
    }

    /** The time that this process has computed, as the system counts it; -1 where that cannot be known. */
    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(-1L);
    }

    /** The sum of each metric over its labels. */
    private static Map<String, Double> sums(String exposed) {
        Map<String, Double> sums = new LinkedHashMap<>();
        exposed.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            int brace = line.indexOf('{');
            if (space > 0) {
                String name = line.substring(0, brace > 0 ? brace : space).strip();
                try {
                    sums.merge(name, Double.valueOf(line.substring(space + 1)), Double::sum);
                } catch (NumberFormatException e) {
                    LOG.debug("A metric that is no number: {}", line, e);
                }
            }
        });
        return sums;
    }

    private void keep(Map<String, Double> values) {
        double time = context.clock().millis() / 1000.0;
        long most = Math.max(1, MEMORY.dividedBy(interval));
        JsonObject.Builder told = JsonObject.builder();
        synchronized (points) {
            values.forEach((id, value) -> {
                Deque<double[]> line = points.computeIfAbsent(id, key -> new ArrayDeque<>());
                if (line.size() >= most) {
                    line.removeFirst();
                }
                line.addLast(new double[] {Math.rint(time), value});
                told.put(id, JsonNumber.of(rounded(value)));
            });
        }
        JsonObject event = JsonObject.builder()
                .put("time", context.clock().instant().toString())
                .put("values", told.build())
                .build();
        listeners.forEach(listener -> listener.accept(event));
    }

    private static double rounded(double value) {
        return Math.rint(value * 10_000) / 10_000;
    }

    /** Listens to each new sample. */
    io.pipecat.api.Subscription follow(Consumer<? super JsonObject> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    Response response() {
        List<JsonValue> all = new ArrayList<>();
        synchronized (points) {
            points.forEach((id, line) -> all.add(series(id, line)));
        }
        return Response.json(
                200,
                JsonObject.builder()
                        .put("interval_seconds", Math.max(1, interval.toSeconds()))
                        .put("series", new JsonArray(all))
                        .build());
    }

    private static JsonObject series(String id, Deque<double[]> line) {
        String title = id.equals("memory") ? "Memory of the JVM" : "Processor";
        String unit = id.equals("memory") ? "bytes" : "percent";
        for (Series series : SERIES) {
            if (series.id().equals(id)) {
                title = series.title();
                unit = series.unit();
            }
        }
        List<JsonValue> values = line.stream()
                .<JsonValue>map(point ->
                        new JsonArray(List.of(JsonNumber.of((long) point[0]), JsonNumber.of(rounded(point[1])))))
                .toList();
        return JsonObject.builder()
                .put("id", id)
                .put("title", title)
                .put("unit", unit)
                .put("points", new JsonArray(values))
                .build();
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
