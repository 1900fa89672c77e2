package io.pipecat.worldmodel.remote;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param quiet a stream on which nothing comes for so long is lost; the service says every five seconds that it is there
 * @param firstPause how long to wait after the first failure; twice as long after each further one
 * @param longestPause the longest such wait
 * @param answer how long one answer may take
 */
record Pace(Duration quiet, Duration firstPause, Duration longestPause, Duration answer) {
    static final Pace USUAL =
            new Pace(Duration.ofSeconds(15), Duration.ofMillis(200), Duration.ofSeconds(15), Duration.ofSeconds(30));

    /** The wait after so many failures in a row, at least one. */
    Duration pause(int failures) {
        int doublings = Math.min(failures - 1, 16);
        long millis = firstPause.toMillis() << doublings;
        return millis >= longestPause.toMillis() ? longestPause : Duration.ofMillis(millis);
    }
}
