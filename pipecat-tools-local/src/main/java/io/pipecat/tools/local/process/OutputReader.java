package io.pipecat.tools.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Empties a program's stream to its end, whatever its length, and tells each line meanwhile. On a platform thread: reading a pipe blocks
 * the carrier of a virtual one.
 */
final class OutputReader {
    private static final int BUFFER = 8192;
    private static final int MAX_LINE = 400;

    private final InputStream stream;
    private final CappedOutput output;
    private final Consumer<? super String> lines;
    private final Thread thread;
    private final StringBuilder line = new StringBuilder();
    private volatile @Nullable RuntimeException failure;
    private volatile boolean broken;

    OutputReader(InputStream stream, int limit, Consumer<? super String> lines, String name) {
        this.stream = stream;
        this.output = new CappedOutput(limit);
        this.lines = lines;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::read);
    }

    private void read() {
        byte[] buffer = new byte[BUFFER];
        try (stream) {
            int length;
            while ((length = stream.read(buffer)) >= 0) {
                output.write(buffer, length);
                tell(buffer, length);
            }
        } catch (IOException e) {
            // The stream of a program that was killed may break instead of ending; what came before counts.
            broken = true;
        }
        if (!line.isEmpty()) {
            tellLine();
        }
    }

    private void tell(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                tellLine();
            } else if (line.length() < MAX_LINE) {
                line.append((char) (bytes[i] & 0xFF));
            }
        }
    }

    private void tellLine() {
        String text = new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
        line.setLength(0);
        if (text.isEmpty() || failure != null) {
            return;
        }
        try {
            lines.accept(text);
        } catch (RuntimeException e) {
            // A listener's fault must not leave the program blocked on a full pipe.
            failure = e;
        }
    }

    /** Waits for the end of the stream, which another process that holds it may put off for ever. */
    void join(Duration atMost) throws InterruptedException {
        thread.join(atMost);
    }

    String text() {
        return output.text();
    }

    boolean truncated() {
        return broken || output.truncated();
    }

    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }
}
