package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events. Sends in pieces, so that a large state is never there as text as a whole. */
final class Events {
    private static final int PIECE = 32 << 10;

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder();
    private long id;

    Events(OutputStream out) {
        this.out = out;
    }

    /** A line that a reader skips. */
    void comment(String words) {
        text.append(": ").append(words).append("\n\n");
    }

    void retryAfter(long millis) {
        text.append("retry: ").append(millis).append("\n\n");
    }

    void event(String name, JsonValue data) {
        begin(name);
        append(data.toString());
        end();
    }

    /** Begins an event whose data come bit by bit. */
    void begin(String name) {
        id++;
        text.append("event: ").append(name).append("\nid: ").append(id).append("\ndata: ");
    }

    /** Adds to the data of an event: JSON, which has no line breaks of its own. */
    void append(String json) {
        text.append(json);
        if (text.length() >= PIECE) {
            try {
                write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void end() {
        text.append("\n\n");
    }

    private void write() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    void flush() throws IOException {
        write();
        out.flush();
    }
}
