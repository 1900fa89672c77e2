package io.pipecat.endpoint.tools;

import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.SentRequest;
import java.io.IOException;
import java.util.Map;

/** The body of {@code POST /run_tool/}. */
public final class RunToolFuzz {

    private RunToolFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        try {
            CallForm form = CallForm.read(new SentRequest(Map.of("content-type", "application/json"), data));
            Input.check("names", form.tool() != null && form.method() != null);
        } catch (CallForm.Malformed e) {
            Input.check("a reason", e.getMessage().startsWith("Tool argument validation failed"));
        }
    }
}
