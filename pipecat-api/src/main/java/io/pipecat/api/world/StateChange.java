package io.pipecat.api.world;

import io.pipecat.api.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of one topic.
 *
 * @param topic the topic
 * @param before its value until then; empty if it is new
 * @param after its value from then on; empty if it is gone
 * @param time when the model took it in
 */
public record StateChange(String topic, Optional<JsonValue> before, Optional<JsonValue> after, Instant time) {}
