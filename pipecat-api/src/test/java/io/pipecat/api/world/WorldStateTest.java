package io.pipecat.api.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorldStateTest {
    private record Nested(JsonObject toJson) implements WorldState {
        @Override
        public Optional<JsonValue> get(String topic) {
            return Optional.empty();
        }

        @Override
        public List<Device> devices() {
            return List.of();
        }

        @Override
        public List<Location> locations() {
            return List.of();
        }

        @Override
        public List<ClusterNode> nodes() {
            return List.of();
        }

        @Override
        public List<Agent> agents() {
            return List.of();
        }

        @Override
        public Instant asOf() {
            return Instant.EPOCH;
        }
    }

    @Test
    void theNestedFormIsTakenApartTopicByTopic() {
        JsonObject slash = JsonObject.of("", JsonObject.of("", JsonNumber.of(3)));
        JsonObject mixed = JsonObject.builder().put("", 1).put("b", 2).build();
        JsonObject state = slash.toBuilder()
                .put("a", mixed)
                .put("c", JsonObject.of("", JsonObject.of("d", JsonBool.TRUE)))
                .put("e", JsonObject.EMPTY)
                .build();
        Map<String, JsonValue> topics = new LinkedHashMap<>();
        new Nested(state).forEachTopic(topics::put);
        assertEquals("{/=3, a=1, a/b=2, c//d=true, e={}}", topics.toString());
    }
}
