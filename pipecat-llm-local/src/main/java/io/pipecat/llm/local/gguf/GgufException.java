package io.pipecat.llm.local.gguf;

/** A file is no model that can be used here. The message names the file and says why and what to do. */
public final class GgufException extends Exception {
    private static final long serialVersionUID = 1L;

    GgufException(String message) {
        super(message);
    }

    GgufException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
