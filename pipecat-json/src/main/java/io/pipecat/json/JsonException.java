package io.pipecat.json;

import org.jspecify.annotations.Nullable;

/** A text is not JSON, or is beyond the limits. The message says where and what was expected, in one sentence. */
public class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Where in the text. */
    private final long offset;

    /**
     * Makes an exception.
     *
     * @param message what is wrong
     * @param offset where in the text, in {@code char}s (of the decoded text if bytes were given); -1 if not known
     * @param cause what lies beneath, if anything
     */
    public JsonException(String message, long offset, @Nullable Throwable cause) {
        super(message, cause);
        this.offset = offset;
    }

    /**
     * Returns where in the text it is wrong.
     *
     * @return the offset in {@code char}s, of the decoded text if bytes were given; -1 if not known
     */
    public long offset() {
        return offset;
    }
}
