package io.pipecat.worldmodel.remote;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.function.BiConsumer;

/** Takes apart a state that was told as nested objects: what is no object is the value of a topic. */
final class NestedTopics {
    private NestedTopics() {}

    static void forEach(JsonObject state, BiConsumer<String, JsonValue> action) {
        state.members().forEach((level, value) -> forEach(level, value, action));
    }

    private static void forEach(String topic, JsonValue value, BiConsumer<String, JsonValue> action) {
        if (!(value instanceof JsonObject object) || object.members().isEmpty()) {
            action.accept(topic, value);
            return;
        }
        object.members().forEach((level, below) -> {
            boolean own = level.isEmpty() && !topic.isEmpty() && !(below instanceof JsonObject);
            forEach(own ? topic : topic + "/" + level, below, action);
        });
    }
}
