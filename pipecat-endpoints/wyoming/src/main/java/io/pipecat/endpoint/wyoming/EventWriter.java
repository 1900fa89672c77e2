package io.pipecat.endpoint.wyoming;

import io.pipecat.api.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes events as the protocol's own library does: the data behind the header, not in it. Not thread-safe. */
final class EventWriter {
    /** The protocol's version that was the latest when this was written. */
    private static final String VERSION = "1.7.2";

    private final OutputStream out;

    EventWriter(OutputStream out) {
        this.out = out;
    }

    void write(Event event) throws IOException {
        byte[] data = event.data().members().isEmpty()
                ? new byte[0]
                : event.data().toString().getBytes(StandardCharsets.UTF_8);
        JsonObject.Builder header =
                JsonObject.builder().put("type", event.type()).put("version", VERSION);
        if (data.length > 0) {
            header.put("data_length", data.length);
        }
        out.write((header.build() + "\n").getBytes(StandardCharsets.UTF_8));
        out.write(data);
        out.flush();
    }
}
