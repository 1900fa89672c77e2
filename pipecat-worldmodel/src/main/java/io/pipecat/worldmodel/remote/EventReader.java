package io.pipecat.worldmodel.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events as the HTML standard defines them, as far as they matter here. Used by one thread. */
final class EventReader {

    /**
     * An event.
     *
     * @param name what it is
     * @param data what it says
     */
    record Event(String name, String data) {}

    private final InputStream in;
    private final int limit;
    private boolean afterReturn;

    /** Reads events of which none is longer than so many bytes. */
    EventReader(InputStream in, int limit) {
        this.in = new BufferedInputStream(in, 32 << 10);
        this.limit = limit;
    }

    /** The next event; empty at the end. A comment counts as one without a name, for it shows that somebody is there. */
    Optional<Event> next() throws IOException {
        String name = "";
        StringBuilder data = new StringBuilder();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            String text = line.get();
            if (text.isEmpty()) {
                if (!name.isEmpty() || !data.isEmpty()) {
                    return Optional.of(new Event(name, data.toString()));
                }
            } else if (text.startsWith(":")) {
                if (name.isEmpty() && data.isEmpty()) {
                    return Optional.of(new Event("", ""));
                }
            } else {
                int colon = text.indexOf(':');
                String field = colon < 0 ? text : text.substring(0, colon);
                String value = colon < 0 ? "" : text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
                if (field.equals("event")) {
                    name = value;
                } else if (field.equals("data")) {
                    data.append(data.isEmpty() ? "" : "\n").append(value);
                    check(data.length());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            boolean second = b == '\n' && afterReturn;
            afterReturn = b == '\r';
            if (second) {
                continue;
            }
            if (b == '\n' || b == '\r') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            line.write(b);
            check(line.size());
        }
        return Optional.empty();
    }

    private void check(int length) throws IOException {
        if (length > limit) {
            throw new IOException("it sent an event of more than " + limit + " bytes");
        }
    }
}
