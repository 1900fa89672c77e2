package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A device and its state.
 *
 * @param id its id: {@code kitchen_light}
 * @param name what people call it
 * @param type what it is: {@code light}, {@code lock}, {@code sensor}
 * @param location the id of the room, if known
 * @param state its properties; {@code state} is the main one
 * @param assumed the properties that were asked for and are not yet confirmed
 * @param commandable whether it takes commands
 */
public record Device(
        String id,
        String name,
        String type,
        Optional<String> location,
        JsonObject state,
        Set<String> assumed,
        boolean commandable) {

    /** Copies the set. */
    public Device {
        assumed = Set.copyOf(assumed);
    }
}
