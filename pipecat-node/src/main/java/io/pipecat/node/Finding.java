package io.pipecat.node;

/**
 * What was found out about a part of a node before it is started.
 *
 * @param level how bad it is
 * @param subject the part: {@code settings}, {@code llm}, …
 * @param message what is so, and if it is not as it should be, what to do
 */
public record Finding(Level level, String subject, String message) {

    /** How bad it is. */
    public enum Level {
        /** It works. */
        OK,
        /** The node would start, but not with everything. */
        WARNING,
        /** The node would not start, or not answer. */
        PROBLEM
    }
}
