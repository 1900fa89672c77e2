package io.pipecat.api.json;

/** JSON's {@code null}. */
public enum JsonNull implements JsonValue {
    /** The one null. */
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
