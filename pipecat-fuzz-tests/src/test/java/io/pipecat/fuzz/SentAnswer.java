package io.pipecat.fuzz;

import io.pipecat.api.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is sent back. */
public final class SentAnswer {
    private SentAnswer() {}

    /**
     * Writes the body of an answer, to its end where it is a stream.
     *
     * @param response the answer
     * @return the body
     * @throws IOException if it cannot be written
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static String body(Response response) throws IOException, InterruptedException {
        return switch (response.body()) {
            case Response.Body.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Response.Body.Stream(Response.Writer writer) -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                writer.write(out);
                yield out.toString(StandardCharsets.UTF_8);
            }
        };
    }
}
