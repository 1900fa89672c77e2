package io.pipecat.api.llm;

/**
 * Tokens that one or more responses took.
 *
 * @param promptTokens tokens read; 0 if not reported
 * @param completionTokens tokens written; 0 if not reported
 */
public record Usage(int promptTokens, int completionTokens) {

    /** Nothing was reported. */
    public static final Usage NONE = new Usage(0, 0);

    /**
     * Adds two usages.
     *
     * @param other the other
     * @return the sum
     */
    public Usage plus(Usage other) {
        return new Usage(promptTokens + other.promptTokens, completionTokens + other.completionTokens);
    }
}
