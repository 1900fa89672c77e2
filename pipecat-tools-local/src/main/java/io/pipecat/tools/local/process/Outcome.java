package io.pipecat.tools.local.process;

import java.time.Duration;
import java.util.Optional;

/**
 * How a program ended.
 *
 * @param exitCode its exit code; 128 and the signal's number if a signal ended it
 * @param stdout what it wrote; where that was too much, its beginning and its end
 * @param stderr what it wrote to its other stream; empty if both were read as one
 * @param truncated whether something was left out of either
 * @param timedOut whether it ran into its time limit and was ended
 * @param stopped why it was ended before its time; empty if it was not
 * @param duration how long it ran
 */
public record Outcome(
        int exitCode,
        String stdout,
        String stderr,
        boolean truncated,
        boolean timedOut,
        Optional<String> stopped,
        Duration duration) {}
