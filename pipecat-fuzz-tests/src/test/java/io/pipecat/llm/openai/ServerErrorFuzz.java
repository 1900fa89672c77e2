package io.pipecat.llm.openai;

import io.pipecat.api.shared.RetryAfter;
import io.pipecat.fuzz.Input;
import java.time.Instant;
import java.util.List;

/** What a model server says of its failure, and when to come again. */
public final class ServerErrorFuzz {

    private ServerErrorFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 2);
        ServerError error = ServerError.ofBody(parts.get(0));
        Input.check("an excerpt", error.message().length() < 2000);
        RetryAfter.of(parts.get(1), Instant.EPOCH).ifPresent(wait -> Input.check("no time travel", !wait.isNegative()));
    }
}
