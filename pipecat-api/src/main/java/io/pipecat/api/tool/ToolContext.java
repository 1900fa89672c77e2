package io.pipecat.api.tool;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * One call of a tool.
 *
 * @param callId names the call; unique within the node
 * @param deadline when the caller stops waiting and interrupts the call
 * @param progress takes one line about what is being done, from any thread; must return quickly
 */
public record ToolContext(String callId, Instant deadline, Consumer<? super String> progress) {

    /**
     * Tells whoever waits what is being done.
     *
     * @param line one line for a person
     */
    public void report(String line) {
        progress.accept(line);
    }
}
