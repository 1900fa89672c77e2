package io.pipecat.api.llm;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to answer. What is empty is left to the implementation and its settings.
 *
 * @param temperature 0 (always the likeliest token) to 2
 * @param maxTokens the most tokens to write, greater than 0
 * @param seed makes sampling repeatable where the model supports it
 */
public record GenerationOptions(OptionalDouble temperature, OptionalInt maxTokens, OptionalLong seed) {

    /** Everything as the implementation has it. */
    public static final GenerationOptions DEFAULT =
            new GenerationOptions(OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty());

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public GenerationOptions {
        // Written so that NaN, which aborts native code, is refused too.
        if (temperature.isPresent() && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() <= 2)) {
            throw new IllegalArgumentException("temperature must be from 0 to 2, not " + temperature.getAsDouble());
        }
        if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens.getAsInt());
        }
    }

    /**
     * Returns these options with another limit.
     *
     * @param tokens the most tokens to write, greater than 0
     * @return the options
     */
    public GenerationOptions withMaxTokens(int tokens) {
        return new GenerationOptions(temperature, OptionalInt.of(tokens), seed);
    }
}
