package io.pipecat.tools.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines, of which an endless one takes no more memory than the longest that is allowed. Not thread-safe. */
final class LineReader {
    private static final int BUFFER = 8192;

    /** Takes lines. */
    interface Lines {
        /** A line, without its end; never empty. */
        void line(byte[] bytes);

        /** A line that was too long: its first and its last bytes. */
        void tooLong(byte[] start, byte[] end);
    }

    private final InputStream in;
    private final int max;
    private final int kept;
    private final Lines lines;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] start = new byte[0];
    private byte[] end = new byte[0];
    private boolean overflown;

    LineReader(InputStream in, int max, int kept, Lines lines) {
        this.in = in;
        this.max = max;
        this.kept = kept;
        this.lines = lines;
    }

    /** Reads to the end of the stream. What stands there without a line end counts as a line. */
    void run() throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            int from = 0;
            for (int at = 0; at < n; at++) {
                if (buffer[at] == '\n') {
                    take(buffer, from, at);
                    endLine();
                    from = at + 1;
                }
            }
            take(buffer, from, n);
        }
        endLine();
    }

    private void take(byte[] bytes, int from, int to) {
        if (!overflown && line.size() + to - from > max) {
            overflown = true;
            line.write(bytes, from, to - from);
            start = Arrays.copyOf(line.toByteArray(), kept);
            end = tail(line.toByteArray());
            // One that is only reset would keep its memory.
            line = new ByteArrayOutputStream();
        } else if (overflown) {
            byte[] joined = Arrays.copyOf(end, end.length + to - from);
            System.arraycopy(bytes, from, joined, end.length, to - from);
            end = tail(joined);
        } else {
            line.write(bytes, from, to - from);
        }
    }

    private byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - kept), bytes.length);
    }

    private void endLine() {
        if (overflown) {
            overflown = false;
            lines.tooLong(start, end);
        } else if (line.size() > 0) {
            byte[] bytes = line.toByteArray();
            line.reset();
            lines.line(bytes);
        }
    }
}
