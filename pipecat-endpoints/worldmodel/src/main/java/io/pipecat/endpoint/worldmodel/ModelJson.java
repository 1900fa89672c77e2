package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldState;
import java.util.List;
import java.util.function.Function;

/** What the model knows beyond topics, as it is told to others. */
final class ModelJson {
    private ModelJson() {}

    static JsonObject of(WorldState state) {
        return JsonObject.builder()
                .put("as_of", state.asOf().toString())
                .put("devices", array(state.devices(), ModelJson::device))
                .put("locations", array(state.locations(), ModelJson::location))
                .put("nodes", array(state.nodes(), ModelJson::node))
                .put("agents", array(state.agents(), ModelJson::agent))
                .build();
    }

    private static <T> JsonArray array(List<T> elements, Function<T, JsonValue> one) {
        return new JsonArray(elements.stream().map(one).toList());
    }

    static JsonObject device(Device device) {
        return JsonObject.builder()
                .put("id", device.id())
                .put("name", device.name())
                .put("type", device.type())
                .put(
                        "location",
                        device.location().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
                .put("state", device.state())
                .put(
                        "assumed",
                        JsonArray.ofStrings(device.assumed().stream().sorted().toList()))
                .put("commandable", device.commandable())
                .build();
    }

    private static JsonObject location(Location location) {
        return JsonObject.builder()
                .put("id", location.id())
                .put("name", location.name())
                .put(
                        "occupants",
                        array(
                                location.occupants(),
                                occupant -> JsonObject.builder()
                                        .put("name", occupant.name())
                                        .put("type", occupant.type())
                                        .build()))
                .build();
    }

    private static JsonObject node(ClusterNode node) {
        return JsonObject.builder()
                .put("id", node.id())
                .put("name", node.name())
                .put("status", node.status())
                .put("detail", node.detail())
                .build();
    }

    private static JsonObject agent(Agent agent) {
        return JsonObject.builder()
                .put("id", agent.id())
                .put("name", agent.name())
                .put("detail", agent.detail())
                .build();
    }
}
