package io.pipecat.homeassistant;

import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.fuzz.Input;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.util.List;

/** What Home Assistant tells of entities, areas and devices, and what is told to it. */
public final class HomeAssistantFuzz {

    private HomeAssistantFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 2);
        try {
            JsonObject said = Json.parseObject(parts.get(0));
            JsonValue list = said.get("list").orElse(JsonNull.NULL);
            Registry registry = Registry.of(list, list, list, List.of("Kitchen"), id -> false);
            Input.check("remarks", registry.missing() != null);
            for (boolean fahrenheit : new boolean[] {false, true}) {
                Entity.of(said, fahrenheit).ifPresent(entity -> {
                    registry.isWanted(entity.id());
                    Input.check(
                            "properties",
                            registry.device(entity).state().toString().length() < 100_000);
                });
            }
            ServiceCalls.of(said.string("entity_id").orElse("light.x"), "x", true, Json.parseObject(parts.get(1)));
        } catch (JsonException | WorldModelException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
