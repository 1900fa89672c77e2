package io.pipecat.tools.remote;

import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.tool.ToolException;
import io.pipecat.fuzz.Input;
import io.pipecat.json.JsonException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;

/** What a tool server answers to a call and to {@code GET /tools/}. */
public final class ToolAnswerFuzz {
    private static final List<Integer> STATUS =
            List.of(200, 400, 401, 403, 404, 408, 409, 413, 418, 422, 429, 500, 502, 503, 504, 302);
    private static final Server SERVER = Server.of(
            new Endpoint(URI.create("http://127.0.0.1:1/"), "TOOL_SERVER_URL_OVERRIDE", Instant.EPOCH),
            Optional.empty());

    private ToolAnswerFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int status = STATUS.get((data[0] & 0xff) % STATUS.size());
        byte[] body = java.util.Arrays.copyOfRange(data, 1, data.length);
        Answers answers = new Answers(SERVER, Instant.EPOCH);
        Reply reply = new Reply(status, Headers.of("Retry-After", "3"), body, false);
        try {
            Input.check("a result", answers.result(reply) != null && status == 200);
        } catch (ToolException | NothingRan e) {
            Input.check("a reason", e.getMessage() != null);
        }
        try {
            Catalogue.read(answers.object(reply))
                    .forEach(tool -> Input.check("a name", !tool.name().isEmpty()));
        } catch (JsonException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
