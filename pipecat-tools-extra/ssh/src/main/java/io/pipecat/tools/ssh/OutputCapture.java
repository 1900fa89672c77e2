package io.pipecat.tools.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Keeps the beginning of a stream and tells of its first lines as they come. What is over the limit is dropped while it is read, so that
 * neither memory fills nor the other side blocks.
 */
final class OutputCapture extends OutputStream {
    private static final int REPORTED_LINES = 200;
    private static final int LONGEST_LINE = 400;

    /** A command that writes more than this is ended: nobody will read it. */
    static final long MOST = 64L * 1024 * 1024;

    private final int limit;
    private final Consumer<? super String> progress;
    private final Runnable flooded;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long total;
    private int reported;

    /**
     * Makes a capture.
     *
     * @param limit how many bytes are kept
     * @param progress takes the first lines
     * @param flooded called when more than {@link #MOST} has come
     */
    OutputCapture(int limit, Consumer<? super String> progress, Runnable flooded) {
        this.limit = limit;
        this.progress = progress;
        this.flooded = flooded;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        total += length;
        kept.write(bytes, offset, Math.min(length, limit - kept.size()));
        if (isFlooded()) {
            flooded.run();
        }
        for (int i = offset; i < offset + length && reported < REPORTED_LINES; i++) {
            if (bytes[i] == '\n') {
                reportLine();
            } else if (line.size() < LONGEST_LINE) {
                line.write(bytes[i]);
            }
        }
    }

    private void reportLine() {
        String text = Shown.line(line.toString(StandardCharsets.UTF_8));
        line.reset();
        if (!text.isEmpty()) {
            reported++;
            progress.accept(reported < REPORTED_LINES ? text : "…");
        }
    }

    synchronized boolean isFlooded() {
        return total > MOST;
    }

    synchronized boolean truncated() {
        return total > kept.size();
    }

    /** The text, where bytes that are no UTF-8 become U+FFFD; a character that the limit cut in two is left out. */
    synchronized String text() {
        byte[] bytes = kept.toByteArray();
        int end = bytes.length;
        if (truncated()) {
            end = wholeCharacters(bytes);
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length - 1;
        while (start >= 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        if (start < 0) {
            return bytes.length;
        }
        int first = bytes[start] & 0xFF;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
        return start + length > bytes.length ? start : bytes.length;
    }
}
