package io.pipecat.api.llm;

import io.pipecat.api.json.JsonObject;
import java.util.regex.Pattern;

/**
 * A function that a model may call.
 *
 * @param name at most 64 characters of {@code [a-zA-Z0-9_-]}
 * @param description what it does, for the model
 * @param parameters a JSON Schema of type {@code object}
 */
public record FunctionSpec(String name, String description, JsonObject parameters) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if services would refuse it
     */
    public FunctionSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a function's name is 1 to 64 letters, digits, _ and -; not '" + name + "'");
        }
    }
}
