package io.pipecat.api;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What this process has logged lately, kept in memory for a person who looks at the node from elsewhere. Given by whoever set up logging
 * (the launcher, or an embedding application), since the node itself knows no logging library. Thread-safe.
 */
public interface LogSource {

    /**
     * A line of the log.
     *
     * @param time when it was logged
     * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
     * @param logger the logger's name
     * @param message the message; a stack trace is not in it
     * @param thread the name of the thread; may be empty
     */
    record Entry(Instant time, String level, String logger, String message, String thread) {}

    /**
     * Returns what is kept.
     *
     * @return the latest lines, oldest first
     */
    List<Entry> recent();

    /**
     * Listens to what is logged from now on.
     *
     * @param listener called on the thread that logs; must return at once and must not log itself
     * @return closing it ends the listening
     */
    Subscription follow(Consumer<? super Entry> listener);
}
