package io.pipecat.worldmodel.local;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import java.util.Optional;

/** What a device that nobody can touch does when it is told something: what a real one of its kind would. */
final class Simulation {
    private static final String STATE = "state";
    private static final String BRIGHTNESS = "brightness";
    private static final String POSITION = "position";
    private static final int FULL = 100;

    private Simulation() {}

    /** The properties that are so after a command, what follows from it included. */
    static JsonObject after(JsonObject state, JsonObject change) {
        JsonObject.Builder after = change.toBuilder();
        if (!change.has(STATE)) {
            level(change, BRIGHTNESS).ifPresent(on -> after.put(STATE, on ? "on" : "off"));
            level(change, POSITION).ifPresent(open -> after.put(STATE, open ? "open" : "closed"));
        }
        if (state.has(POSITION) && !change.has(POSITION)) {
            position(change).ifPresent(position -> after.put(POSITION, JsonNumber.of(position)));
        }
        return after.build();
    }

    private static Optional<Boolean> level(JsonObject change, String property) {
        return change.number(property).map(number -> number.toDouble() > 0);
    }

    private static Optional<Integer> position(JsonObject change) {
        JsonValue wanted = change.members().get(STATE);
        return !(wanted instanceof JsonString string)
                ? Optional.empty()
                : switch (string.value()) {
                    case "open" -> Optional.of(FULL);
                    case "closed" -> Optional.of(0);
                    default -> Optional.empty();
                };
    }
}
