package io.pipecat.endpoint.openai;

import io.pipecat.fuzz.Input;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;

/** The body of {@code POST /v1/chat/completions}. */
public final class ChatRequestFuzz {

    private ChatRequestFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Input.check(
                    "messages",
                    !ChatRequest.of(Json.parseObject(Input.text(data)))
                            .messages()
                            .isEmpty());
        } catch (JsonException | ApiError e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
