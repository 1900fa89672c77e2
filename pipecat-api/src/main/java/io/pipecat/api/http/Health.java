package io.pipecat.api.http;

import io.pipecat.api.json.JsonObject;

/**
 * Whether a service works.
 *
 * @param healthy answered as 200 if so, else as 503
 * @param body what is answered
 */
public record Health(boolean healthy, JsonObject body) {

    /** It works: {@code {"status":"ok"}}. */
    public static final Health OK = new Health(true, JsonObject.of("status", "ok"));
}
