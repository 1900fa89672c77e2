package io.pipecat.tools.local.world;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldState;
import io.pipecat.tools.local.world.House.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The results of the tool as a model gets them. */
final class Answers {
    private static final Duration STALE = Duration.ofSeconds(10);
    private static final int MOST_SENTENCES = 5;

    private Answers() {}

    static JsonObject states(List<Known> devices, List<Orders.Refusal> failed, Instant asOf, Instant now) {
        JsonObject.Builder answer = JsonObject.builder();
        answer.put(
                "devices",
                new JsonArray(devices.stream().<JsonValue>map(Answers::device).toList()));
        if (!failed.isEmpty()) {
            answer.put("failed", failures(failed));
        }
        if (asOf.isBefore(now.minus(STALE))) {
            answer.put("as_of", asOf.toString());
        }
        return answer.build();
    }

    static JsonObject device(Known known) {
        Device device = known.device();
        JsonObject.Builder answer = JsonObject.builder().put("id", device.id()).put("name", device.name());
        known.room().ifPresent(room -> answer.put("room", room));
        answer.put("type", device.type()).put("state", device.state());
        if (!device.assumed().isEmpty()) {
            answer.put(
                    "assumed",
                    JsonArray.ofStrings(device.assumed().stream().sorted().toList()));
        }
        return answer.build();
    }

    /** The room of a device with whoever is there; null if none is known. */
    static JsonValue location(WorldState state, Known known) {
        return known.device()
                .location()
                .<JsonValue>map(id -> state.locations().stream()
                        .filter(place -> place.id().equals(id))
                        .findFirst()
                        .map(place -> JsonObject.builder()
                                .put("id", place.id())
                                .put("name", place.name())
                                .put("occupants", JsonValue.from(place.occupants()))
                                .build())
                        .orElseGet(() -> JsonObject.of("id", id)))
                .orElse(JsonNull.NULL);
    }

    static JsonArray failures(List<Orders.Refusal> failed) {
        return new JsonArray(failed.stream()
                .<JsonValue>map(refusal -> JsonObject.builder()
                        .put("name", refusal.name())
                        .put("error", refusal.sentence())
                        .build())
                .toList());
    }

    /** Nothing was found, or nothing could be done: the reasons are the answer. */
    static ToolException nothing(List<Orders.Refusal> failed) {
        return ToolException.failed(failed.stream()
                .map(Orders.Refusal::sentence)
                .distinct()
                .limit(MOST_SENTENCES)
                .collect(Collectors.joining(" ")));
    }
}
