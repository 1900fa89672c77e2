package io.pipecat.tools.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import okio.BufferedSource;

/**
 * Reads server-sent events (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG HTML</a>), of which this
 * protocol uses the data alone.
 */
final class SseReader {
    private SseReader() {}

    /**
     * Reads to the end of a stream.
     *
     * @param max the most bytes of an event, and of a line
     * @param data takes the data of each event
     * @throws IOException if the stream breaks or an event is too large
     */
    static void read(BufferedSource source, int max, Consumer<byte[]> data) throws IOException {
        StringBuilder event = new StringBuilder();
        while (!source.exhausted()) {
            String line = line(source, max);
            if (line.isEmpty()) {
                dispatch(event, data);
            } else if (line.startsWith("data:")) {
                event.append(line, line.startsWith("data: ") ? 6 : 5, line.length())
                        .append('\n');
                if (event.length() > max) {
                    throw new IOException("an event of more than " + max + " bytes");
                }
            }
        }
        dispatch(event, data);
    }

    private static String line(BufferedSource source, int max) throws IOException {
        long end = source.indexOf((byte) '\n', 0, max);
        if (end < 0) {
            if (source.request(max)) {
                throw new IOException("a line of more than " + max + " bytes");
            }
            return source.readUtf8();
        }
        String line = source.readUtf8(end);
        source.skip(1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static void dispatch(StringBuilder event, Consumer<byte[]> data) {
        if (!event.isEmpty()) {
            data.accept(event.substring(0, event.length() - 1).getBytes(StandardCharsets.UTF_8));
            event.setLength(0);
        }
    }
}
