package io.pipecat.endpoint.worldmodel;

import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.SentRequest;
import java.io.IOException;
import java.util.Map;

/** The body of {@code POST /dispatch-job}. */
public final class JobFuzz {

    private JobFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        try {
            Input.check("a model", JobForm.read(Bodies.object(new SentRequest(Map.of(), data))) != null);
        } catch (Bodies.Malformed e) {
            Input.check("a reason", !e.getMessage().isBlank());
        }
    }
}
