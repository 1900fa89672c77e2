package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;

/**
 * A scheduler's answer to a job.
 *
 * @param answer what it said: {@code DispatchedJobID}, {@code EvalID}, …
 */
public record JobTicket(JsonObject answer) {}
