package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.Subscription;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
    private final NodeMetrics metrics = new NodeMetrics();

    @Test
    void exposesEverythingInPrometheusFormat() {
        metrics.counter("calls_total", "Calls.", Map.of("tool", "a\"b\\c\nd")).increment();
        metrics.counter("calls_total", "Calls.", Map.of("tool", "a\"b\\c\nd")).add(2);
        Subscription gauge = metrics.gauge("depth", "Depth.", Map.of(), () -> 1.5);
        metrics.histogram("took_seconds", "Time.", Map.of()).record(0.003);
        metrics.histogram("took_seconds", "Time.", Map.of()).record(1000);
        String text = metrics.expose();
        assertEquals("""
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{tool="a\\"b\\\\c\\nd"} 3
                # HELP depth Depth.
                # TYPE depth gauge
                depth 1.5
                # HELP took_seconds Time.
                # TYPE took_seconds histogram
                took_seconds_bucket{le="0.001"} 0
                took_seconds_bucket{le="0.0025"} 0
                took_seconds_bucket{le="0.005"} 1
                took_seconds_bucket{le="0.01"} 1
                took_seconds_bucket{le="0.025"} 1
                took_seconds_bucket{le="0.05"} 1
                took_seconds_bucket{le="0.1"} 1
                took_seconds_bucket{le="0.25"} 1
                took_seconds_bucket{le="0.5"} 1
                took_seconds_bucket{le="1.0"} 1
                took_seconds_bucket{le="2.5"} 1
                took_seconds_bucket{le="5.0"} 1
                took_seconds_bucket{le="10.0"} 1
                took_seconds_bucket{le="30.0"} 1
                took_seconds_bucket{le="120.0"} 1
                took_seconds_bucket{le="+Inf"} 2
                took_seconds_sum 1000.003
                took_seconds_count 2
                """, text);
        gauge.close();
        assertEquals(false, metrics.expose().contains("depth 1.5"));
    }

    @Test
    void oneNameIsOneKind() {
        metrics.counter("x_total", "X.", Map.of());
        assertThrows(IllegalArgumentException.class, () -> metrics.histogram("x_total", "X.", Map.of()));
    }
}
