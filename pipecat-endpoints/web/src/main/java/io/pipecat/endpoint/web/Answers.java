package io.pipecat.endpoint.web;

import io.pipecat.api.http.Response;
import java.util.Map;

/** Answers that several routes give. */
final class Answers {
    static final Response NOTHING = new Response(204, Map.of(), new Response.Body.Bytes(new byte[0]));

    private Answers() {}
}
