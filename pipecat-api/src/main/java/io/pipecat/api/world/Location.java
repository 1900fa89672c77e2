package io.pipecat.api.world;

import java.util.List;

/**
 * A room, a floor, or another place.
 *
 * @param id its id: {@code living_room}
 * @param name what people call it
 * @param occupants who is there, as far as is known
 */
public record Location(String id, String name, List<Occupant> occupants) {

    /** Copies the list. */
    public Location {
        occupants = List.copyOf(occupants);
    }

    /**
     * Somebody who is in a place.
     *
     * @param name what they are called
     * @param type what they are: {@code person}, {@code cat}
     */
    public record Occupant(String name, String type) {}
}
