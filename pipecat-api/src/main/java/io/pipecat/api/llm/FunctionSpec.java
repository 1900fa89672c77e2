package io.pipecat.api.llm;

import io.pipecat.api.json.JsonObject;

/**
 * A function that a model may call.
 *
 * @param name at most 64 characters of {@code [a-zA-Z0-9_-]}
 * @param description what it does, for the model
 * @param parameters a JSON Schema of type {@code object}
 */
public record FunctionSpec(String name, String description, JsonObject parameters) {}
