package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events, as the HTML standard describes their text. Collected until they are flushed. Not thread-safe. */
final class Sse {
    static final String TYPE = "text/event-stream";
    private static final int PIECE = 32 << 10;

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder();

    Sse(OutputStream out) {
        this.out = out;
    }

    void retryAfter(long millis) {
        text.append("retry: ").append(millis).append("\n\n");
    }

    /** A line that every reader skips; writing it finds out whether anybody is there. */
    void alive() {
        text.append(": alive\n\n");
    }

    void event(String name, JsonValue data) throws IOException {
        raw(frame(name, "", data));
    }

    /** The text of an event. JSON has no line breaks of its own. */
    static String frame(String name, String id, JsonValue data) {
        return "event: " + name + (id.isEmpty() ? "" : "\nid: " + id) + "\ndata: " + data + "\n\n";
    }

    void raw(String frame) throws IOException {
        text.append(frame);
        if (text.length() >= PIECE) {
            write();
        }
    }

    private void write() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    void flush() throws IOException {
        if (!text.isEmpty()) {
            write();
        }
        out.flush();
    }
}
