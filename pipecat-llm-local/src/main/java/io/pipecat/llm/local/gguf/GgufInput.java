package io.pipecat.llm.local.gguf;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Little-endian reading of a file that may lie about its own lengths: nothing is allocated or skipped beyond its real end. */
final class GgufInput implements Closeable {
    private static final int WINDOW = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
    private long windowStart;

    GgufInput(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
        window.limit(0);
    }

    long size() {
        return size;
    }

    long position() {
        return windowStart + window.position();
    }

    long remaining() {
        return size - position();
    }

    int u8() throws IOException, GgufException {
        need(1, "a byte");
        return Byte.toUnsignedInt(window.get());
    }

    long u32() throws IOException, GgufException {
        need(4, "a number");
        return Integer.toUnsignedLong(window.getInt());
    }

    /** Reads an unsigned number of 64 bits; one beyond the signed range comes back as the largest signed one. */
    long u64() throws IOException, GgufException {
        need(8, "a number");
        long value = window.getLong();
        return value < 0 ? Long.MAX_VALUE : value;
    }

    byte[] bytes(int count) throws IOException, GgufException {
        if (count > remaining()) {
            throw truncated(count + " bytes");
        }
        byte[] result = new byte[count];
        int done = 0;
        while (done < count) {
            need(1, count + " bytes");
            int chunk = Math.min(count - done, window.remaining());
            window.get(result, done, chunk);
            done += chunk;
        }
        return result;
    }

    /** Reads a string, each byte as one character, so that equal texts are equal bytes. */
    String rawString(int longest, String what) throws IOException, GgufException {
        long length = u64();
        if (length > remaining()) {
            throw truncated("the " + length + " bytes of " + what);
        }
        if (length > longest) {
            throw new GgufException(what + " in the model file " + file + " is said to be " + length
                    + " bytes long, which no model has; the file is damaged. Get it again.");
        }
        return new String(bytes((int) length), StandardCharsets.ISO_8859_1);
    }

    String string(int longest, String what) throws IOException, GgufException {
        return new String(rawString(longest, what).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    void skip(long count, String what) throws GgufException {
        if (count > remaining()) {
            throw truncated(what);
        }
        if (count <= window.remaining()) {
            window.position(window.position() + (int) count);
        } else {
            windowStart = position() + count;
            window.position(0).limit(0);
        }
    }

    void rewindTo(long position) {
        windowStart = position;
        window.position(0).limit(0);
    }

    GgufException truncated(String missing) {
        return new GgufException("The model file " + file + " is truncated: it ends after " + size + " bytes, where "
                + missing + " should follow. Its download or copy was cut short; get it again.");
    }

    private void need(int count, String what) throws IOException, GgufException {
        if (window.remaining() >= count) {
            return;
        }
        if (remaining() < count) {
            throw truncated(what);
        }
        windowStart = position();
        window.clear();
        while (window.position() < count) {
            if (channel.read(window, windowStart + window.position()) < 0) {
                throw new GgufException("The model file " + file
                        + " became shorter while it was read. Try again once it" + " is complete.");
            }
        }
        window.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
