package io.pipecat.api.llm;

/**
 * A function that the model wants called, as the model said it: the name may be unknown and the arguments malformed.
 *
 * @param id names the call within its conversation; an implementation makes one where the model gives none
 * @param name the function's name as in {@link FunctionSpec#name()}
 * @param argumentsJson the arguments as the model wrote them; meant to be the text of a JSON object
 */
public record ToolCall(String id, String name, String argumentsJson) implements LLMFrame {}
