package io.pipecat.api.world;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.util.function.BiConsumer;

/** Takes a nested state apart. */
final class Leaves {
    private Leaves() {}

    static void tell(String topic, JsonValue value, BiConsumer<? super String, ? super JsonValue> action) {
        if (!(value instanceof JsonObject object) || object.members().isEmpty()) {
            action.accept(topic, value);
            return;
        }
        object.members().forEach((level, below) -> {
            boolean own = level.isEmpty() && !topic.isEmpty() && !(below instanceof JsonObject);
            tell(own ? topic : topic + "/" + level, below, action);
        });
    }
}
