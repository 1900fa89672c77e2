package io.pipecat.json;

import io.pipecat.api.json.JsonValue;

/**
 * How much is read before it is refused.
 *
 * @param maxDepth the deepest nesting, 1 to {@value io.pipecat.api.json.JsonValue#MAX_DEPTH}: values are read, written
 *     and compared by recursion, and a thread of a small node has a stack of 256 KiB
 * @param maxLength the longest text, in {@code char}s or bytes as it is given
 * @param maxNumberLength the longest number, in {@code char}s
 */
public record JsonLimits(int maxDepth, int maxLength, int maxNumberLength) {

    /** For what strangers send: 64 levels, 4 MiB, 400 characters for a number. */
    public static final JsonLimits DEFAULT = new JsonLimits(64, 4 << 20, 400);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public JsonLimits {
        if (maxDepth < 1 || maxDepth > JsonValue.MAX_DEPTH || maxLength < 1 || maxNumberLength < 1) {
            throw new IllegalArgumentException("limits out of range: " + maxDepth + " levels, " + maxLength
                    + " characters, " + maxNumberLength + " for a number");
        }
    }

    /**
     * Returns these limits with another length.
     *
     * @param length the longest text
     * @return the limits
     */
    public JsonLimits withMaxLength(int length) {
        return new JsonLimits(maxDepth, length, maxNumberLength);
    }
}
