package io.pipecat.homeassistant.discovery;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.Topology;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.Device;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what Home Assistant is told, in its <a href="https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload">device-based
 * form</a>: one message for each device, with all of its entities.
 */
final class Shown {
    private final NodeContext context;
    private final NodeInfo node;
    private final Topics topics;
    private final ObjectIds ids;

    Shown(NodeContext context, Topics topics) {
        this.context = context;
        this.node = context.node();
        this.topics = topics;
        this.ids = topics.ids();
    }

    /** The device that this node is, with entities that tell how it is. */
    JsonObject nodeConfig() {
        JsonObject available = JsonObject.builder()
                .put("p", "binary_sensor")
                .put("unique_id", ids.node() + "-available")
                .put("name", "Status")
                .put("device_class", "connectivity")
                .put("entity_category", "diagnostic")
                .put("state_topic", Topics.availability(node.name()))
                .put("payload_on", "online")
                .put("payload_off", "offline")
                .build();
        JsonObject.Builder llm = diagnostic("llm", "Language model").put("icon", "mdi:brain");
        JsonObject.Builder latency = diagnostic("answer_seconds", "Answer latency")
                .put("device_class", "duration")
                .put("unit_of_measurement", "s")
                .put("state_class", "measurement");
        JsonObject components = JsonObject.builder()
                .put("available", available)
                .put("llm", withAvailability(llm).build())
                .put("answer_seconds", withAvailability(latency).build())
                .build();
        JsonObject device = JsonObject.builder()
                .put("ids", JsonArray.ofStrings(Set.of(ids.node())))
                .put("name", "pipecat " + node.name())
                .put("mf", "pipecat")
                .put("mdl", "node")
                .put("sw", node.version())
                .build();
        return JsonObject.builder()
                .put("dev", device)
                .put("o", origin())
                .put("cmps", components)
                .put("state_topic", topics.state(ids.node()))
                .put("qos", 1)
                .build();
    }

    private JsonObject.Builder diagnostic(String key, String name) {
        return JsonObject.builder()
                .put("p", "sensor")
                .put("unique_id", ids.node() + "-" + key)
                .put("name", name)
                .put("entity_category", "diagnostic")
                .put("value_template", "{{ value_json." + key + " | default(None) }}");
    }

    private JsonObject.Builder withAvailability(JsonObject.Builder config) {
        return config.put("availability_topic", Topics.availability(node.name()));
    }

    private JsonObject origin() {
        return JsonObject.builder()
                .put("name", "pipecat")
                .put("sw", node.version())
                .build();
    }

    /** How this node is. */
    JsonObject nodeState(Optional<Double> answerSeconds) {
        JsonObject.Builder state = JsonObject.builder();
        context.topology().roles().stream()
                .filter(role -> role.role().equals("llm"))
                .findFirst()
                .map(Shown::described)
                // Home Assistant refuses a state of more than 255 characters.
                .ifPresent(text -> state.put("llm", text.substring(0, Math.min(text.length(), 255))));
        answerSeconds.ifPresent(seconds -> state.put("answer_seconds", Math.round(seconds * 1000) / 1000.0));
        return state.build();
    }

    private static String described(Topology.Role role) {
        return role.detail().isBlank() ? role.implementation() : role.detail();
    }

    /** A device of this node. */
    JsonObject config(Device device, Optional<String> room, Set<String> properties) {
        String objectId = ids.device(device.id());
        JsonObject.Builder about = JsonObject.builder()
                .put("ids", JsonArray.ofStrings(Set.of(objectId)))
                .put("name", device.name())
                .put("mf", "pipecat")
                .put("mdl", device.type())
                .put("via_device", ids.node());
        room.ifPresent(name -> about.put("sa", name));
        JsonObject.Builder components = JsonObject.builder();
        Map<String, JsonObject> configs = Component.of(device).configs(device, properties, objectId, topics);
        configs.forEach(components::put);
        JsonObject.Builder config = JsonObject.builder()
                .put("dev", about.build())
                .put("o", origin())
                .put("cmps", components.build())
                .put("state_topic", topics.state(objectId))
                .put("qos", 1);
        return withAvailability(config).build();
    }
}
