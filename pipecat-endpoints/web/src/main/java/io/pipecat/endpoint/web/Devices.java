package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devices of the house as one reader knows them: tells what is new. Not thread-safe. */
final class Devices {
    private Map<String, Device> told = new LinkedHashMap<>();
    private boolean begun;

    /** What a reader is to be told of a state; nothing if that is what it knows. */
    Optional<JsonObject> news(WorldState state) {
        Map<String, Device> now = new LinkedHashMap<>();
        List<JsonValue> changed = new ArrayList<>();
        for (Device device : state.devices()) {
            now.put(device.id(), device);
            if (!device.equals(told.get(device.id()))) {
                changed.add(json(device));
            }
        }
        List<String> removed =
                told.keySet().stream().filter(id -> !now.containsKey(id)).toList();
        boolean first = !begun;
        told = now;
        begun = true;
        if (!first && changed.isEmpty() && removed.isEmpty()) {
            return Optional.empty();
        }
        JsonObject.Builder news = JsonObject.builder().put("devices", new JsonArray(changed));
        if (first) {
            news.put("complete", true);
        }
        if (!removed.isEmpty()) {
            news.put("removed", JsonArray.ofStrings(removed));
        }
        return Optional.of(news.build());
    }

    static JsonObject all(WorldState state) {
        return JsonObject.builder()
                .put("available", true)
                .put("as_of", state.asOf().toString())
                .put(
                        "rooms",
                        new JsonArray(
                                state.locations().stream().map(Devices::room).toList()))
                .put(
                        "devices",
                        new JsonArray(
                                state.devices().stream().map(Devices::json).toList()))
                .build();
    }

    private static JsonValue room(Location room) {
        List<JsonValue> occupants = room.occupants().stream()
                .<JsonValue>map(who -> JsonObject.builder()
                        .put("name", who.name())
                        .put("type", who.type())
                        .build())
                .toList();
        return JsonObject.builder()
                .put("id", room.id())
                .put("name", room.name())
                .put("occupants", new JsonArray(occupants))
                .build();
    }

    private static JsonValue json(Device device) {
        return JsonObject.builder()
                .put("id", device.id())
                .put("name", device.name())
                .put("type", device.type())
                .put("room", device.location().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
                .put("state", device.state())
                .put(
                        "assumed",
                        JsonArray.ofStrings(device.assumed().stream().sorted().toList()))
                .put("commandable", device.commandable())
                .build();
    }
}
