package io.pipecat.api.setting;

import io.pipecat.api.PipecatException;
import org.jspecify.annotations.Nullable;

/** A setting is unknown, out of range, contradicts another, or asks for what no module provides. */
public class SettingsException extends PipecatException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message which setting, from where, what is wrong with it, and the nearest that would be valid
     */
    public SettingsException(String message) {
        this(message, null);
    }

    /**
     * Makes an exception.
     *
     * @param message which setting, from where, what is wrong with it, and the nearest that would be valid
     * @param cause what lies beneath, if anything
     */
    public SettingsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
