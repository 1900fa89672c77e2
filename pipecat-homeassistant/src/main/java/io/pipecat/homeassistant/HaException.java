package io.pipecat.homeassistant;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Home Assistant cannot be reached, refuses, or is none; the message is a clause that goes on after its address. */
final class HaException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether trying again soon would change nothing: somebody has to set something. */
    private final boolean lasting;

    HaException(String message, boolean lasting, @Nullable Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
    }

    boolean isLasting() {
        return lasting;
    }
}
