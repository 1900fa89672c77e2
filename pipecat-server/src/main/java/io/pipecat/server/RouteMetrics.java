package io.pipecat.server;

import io.pipecat.api.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the requests to one route. The instruments are kept: looking them up costs more than counting. */
final class RouteMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Metrics metrics;
    private final Map<String, String> labels;
    private final Metrics.Histogram seconds;
    private final Map<Integer, Metrics.Counter> byStatus = new ConcurrentHashMap<>();

    RouteMetrics(Metrics metrics, String service, String method, String route) {
        this.metrics = metrics;
        this.labels = Map.of("service", service, "method", method, "route", route);
        this.seconds = metrics.histogram(
                "pipecat_http_request_seconds", "How long requests took, from their headers to the last byte.", labels);
    }

    void count(int status, long nanos) {
        seconds.record(nanos / NANOS_PER_SECOND);
        byStatus.computeIfAbsent(status, this::counter).increment();
    }

    private Metrics.Counter counter(int status) {
        return metrics.counter(
                "pipecat_http_requests_total",
                "Requests that were answered.",
                Map.of(
                        "service", labels.getOrDefault("service", ""),
                        "method", labels.getOrDefault("method", ""),
                        "route", labels.getOrDefault("route", ""),
                        "status", String.valueOf(status)));
    }
}
