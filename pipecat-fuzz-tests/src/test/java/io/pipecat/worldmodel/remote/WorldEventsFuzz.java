package io.pipecat.worldmodel.remote;

import io.pipecat.api.json.JsonObject;
import io.pipecat.fuzz.Input;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** What a world model service sends: events, states and models. */
public final class WorldEventsFuzz {

    private WorldEventsFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        EventReader reader = new EventReader(new ByteArrayInputStream(data), 4096);
        try {
            for (Optional<EventReader.Event> event = reader.next(); event.isPresent(); event = reader.next()) {
                read(event.get().data());
            }
        } catch (IOException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }

    private static void read(String text) throws IOException {
        try {
            JsonObject json = Json.parseObject(text);
            NestedTopics.forEach(json, (topic, value) -> Input.check("a value", value != null));
            ServedModel.read(json);
        } catch (JsonException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
