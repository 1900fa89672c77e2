package io.pipecat.json;

/**
 * How much is read before it is refused.
 *
 * @param maxDepth the deepest nesting, 1 to 1,000
 * @param maxLength the longest text, in characters or bytes as it is given
 * @param maxNumberLength the longest number, in characters
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
        if (maxDepth < 1 || maxDepth > 1000 || maxLength < 1 || maxNumberLength < 1) {
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
