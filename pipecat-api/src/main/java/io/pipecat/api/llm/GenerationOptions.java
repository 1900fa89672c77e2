package io.pipecat.api.llm;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to answer. What is empty is left to the implementation and its settings.
 *
 * @param temperature 0 (always the likeliest token) to 2
 * @param topP only the likeliest tokens that together have this probability are chosen from; greater than 0, at most 1
 * @param maxTokens the most tokens to write, greater than 0
 * @param seed makes sampling repeatable where the model supports it
 * @param stop texts at which the answer ends, without them; at most {@value #MAX_STOP}, none of them empty
 */
public record GenerationOptions(
        OptionalDouble temperature, OptionalDouble topP, OptionalInt maxTokens, OptionalLong seed, List<String> stop) {

    /** How many texts may end an answer. */
    public static final int MAX_STOP = 16;

    /** Everything as the implementation has it. */
    public static final GenerationOptions DEFAULT =
            new GenerationOptions(OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty());

    /**
     * Checks the ranges and copies the list.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public GenerationOptions {
        stop = List.copyOf(stop);
        // Written so that NaN, which aborts native code, is refused too.
        if (temperature.isPresent() && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() <= 2)) {
            throw new IllegalArgumentException("temperature must be from 0 to 2, not " + temperature.getAsDouble());
        }
        if (topP.isPresent() && !(topP.getAsDouble() > 0 && topP.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1, not " + topP.getAsDouble());
        }
        if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens.getAsInt());
        }
        if (stop.size() > MAX_STOP || stop.contains("")) {
            throw new IllegalArgumentException("stop must be at most " + MAX_STOP + " texts that are not empty");
        }
    }

    /**
     * Options without a limit on probability and without texts that end the answer.
     *
     * @param temperature 0 to 2
     * @param maxTokens the most tokens to write, greater than 0
     * @param seed makes sampling repeatable
     */
    public GenerationOptions(OptionalDouble temperature, OptionalInt maxTokens, OptionalLong seed) {
        this(temperature, OptionalDouble.empty(), maxTokens, seed, List.of());
    }

    /**
     * Returns these options with another limit.
     *
     * @param tokens the most tokens to write, greater than 0
     * @return the options
     */
    public GenerationOptions withMaxTokens(int tokens) {
        return new GenerationOptions(temperature, topP, OptionalInt.of(tokens), seed, stop);
    }
}
