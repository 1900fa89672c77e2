package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;

/**
 * A service that acts in the cluster.
 *
 * @param id its id
 * @param name what it is called
 * @param detail everything else that is known of it: address, tags
 */
public record Agent(String id, String name, JsonObject detail) {}
