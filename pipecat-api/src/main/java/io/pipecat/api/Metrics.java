package io.pipecat.api;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Where a module counts what it does. Names and labels follow Prometheus: {@code pipecat_tool_calls_total},
 * {@code pipecat_llm_first_token_seconds}. Asking twice for the same name and labels gives the same instrument. All of
 * it is thread-safe and cheap enough for every call.
 */
public interface Metrics {

    /**
     * Returns a counter.
     *
     * @param name its name, ending in {@code _total}
     * @param help what it counts, one line
     * @param labels its labels, few and of few values
     * @return the counter
     */
    Counter counter(String name, String help, Map<String, String> labels);

    /**
     * Returns a distribution of durations or sizes.
     *
     * @param name its name, ending in the unit ({@code _seconds}, {@code _bytes})
     * @param help what it measures, one line
     * @param labels its labels, few and of few values
     * @return the histogram
     */
    Histogram histogram(String name, String help, Map<String, String> labels);

    /**
     * Registers a value that is read when somebody looks.
     *
     * @param name its name
     * @param help what it shows, one line
     * @param labels its labels
     * @param value gives the value; called from any thread, must not block
     * @return closing it takes the value away
     */
    Subscription gauge(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /**
     * Returns everything as text for Prometheus.
     *
     * @return the exposition format 0.0.4, ordered by name
     */
    String expose();

    /** A number that only grows. */
    interface Counter {
        /** Adds one. */
        default void increment() {
            add(1);
        }

        /**
         * Adds.
         *
         * @param amount at least 0
         */
        void add(long amount);
    }

    /** A distribution. */
    interface Histogram {
        /**
         * Adds one observation.
         *
         * @param value in the unit that the name says
         */
        void record(double value);
    }
}
