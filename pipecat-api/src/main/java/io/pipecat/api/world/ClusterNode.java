package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;

/**
 * A machine of the cluster.
 *
 * @param id the scheduler's id, or the name in the ontology
 * @param name what people call it
 * @param status what the scheduler says: {@code ready}, {@code down}, {@code initializing}; {@code unknown} before it was
 *     asked
 * @param detail everything else that is known of it
 */
public record ClusterNode(String id, String name, String status, JsonObject detail) {

    /**
     * Returns whether it takes jobs.
     *
     * @return whether its status is {@code ready}
     */
    public boolean ready() {
        return status.equals("ready");
    }
}
