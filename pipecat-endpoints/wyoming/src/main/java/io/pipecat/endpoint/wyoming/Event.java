package io.pipecat.endpoint.wyoming;

import io.pipecat.api.json.JsonObject;

/**
 * An event. Its payload, sound for the most part, is of no use here and not kept.
 *
 * @param type its type
 * @param data what it says
 */
record Event(String type, JsonObject data) {}
