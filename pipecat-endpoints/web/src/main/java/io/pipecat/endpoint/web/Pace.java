package io.pipecat.endpoint.web;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param alive after so long without an event a stream says that it is still there: rarely, as an open tab must cost nothing, and often
 *     enough that a client that went without a word frees its thread
 * @param follow after how long a stream ends, so that its reader comes again and it is looked whether they still may
 * @param world how long to collect changes of the house before they are told
 * @param sample how often the metrics are looked at
 * @param health how old what is known about the health of the node's parts may be
 * @param syncAnswer how long {@code /internal/chat/sync} waits
 */
record Pace(Duration alive, Duration follow, Duration world, Duration sample, Duration health, Duration syncAnswer) {
    static final Pace USUAL = new Pace(
            Duration.ofSeconds(25),
            Duration.ofHours(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
}
