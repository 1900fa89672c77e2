package io.pipecat.tools.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Takes text up to a limit; then, and when its thread is interrupted, it ends whoever writes. */
final class CappedOutput extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;
    private boolean full;

    CappedOutput(int limit) {
        this.limit = limit;
    }

    /** The limit is reached. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("longer than anybody reads");
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        int room = limit - bytes.size();
        bytes.write(source, offset, Math.min(length, room));
        if (length > room) {
            full = true;
            throw new Full();
        }
    }

    boolean isFull() {
        return full;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
