package io.pipecat.api.world;

import io.pipecat.api.PipecatException;
import org.jspecify.annotations.Nullable;

/** The world model could not do what was asked. */
public class WorldModelException extends PipecatException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what was asked, where, what happened and what to do
     * @param cause what lies beneath, if anything
     */
    public WorldModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
