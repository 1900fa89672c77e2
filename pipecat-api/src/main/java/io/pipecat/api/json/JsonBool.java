package io.pipecat.api.json;

/** {@code true} or {@code false}. */
public enum JsonBool implements JsonValue {
    /** JSON's {@code true}. */
    TRUE,
    /** JSON's {@code false}. */
    FALSE;

    /**
     * Returns the JSON value for a Java one.
     *
     * @param value the truth value
     * @return {@link #TRUE} or {@link #FALSE}
     */
    public static JsonBool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /**
     * Returns the Java value.
     *
     * @return whether this is {@link #TRUE}
     */
    public boolean value() {
        return this == TRUE;
    }

    @Override
    public String toString() {
        return value() ? "true" : "false";
    }
}
