package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Server-sent events, as the HTML standard describes their text. Collected until they are flushed. For the thread that makes it, but for
 * {@link #end}.
 */
final class Sse {
    static final String TYPE = "text/event-stream";
    private static final int PIECE = 32 << 10;

    /** How long a write may keep the end of the stream waiting. */
    private static final Duration WRITE = Duration.ofSeconds(1);

    private final OutputStream out;
    private final StringBuilder text = new StringBuilder();
    private final Thread writer = Thread.currentThread();
    private final long over;
    private long told = System.nanoTime();
    /** Held while something is written, and guards the two below: an interruption in the middle of a write breaks the connection. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile boolean ended;
    private volatile boolean finished;

    Sse(OutputStream out, Duration longest) {
        this.out = out;
        this.over = told + longest.toNanos();
    }

    /** Whether it is time for the reader to come again. */
    boolean isOver() {
        return System.nanoTime() - over >= 0;
    }

    /** For how many nanoseconds nothing has been told. */
    long quiet() {
        return System.nanoTime() - told;
    }

    /** Interrupts what the stream's thread waits for, but not what it writes unless that takes long. */
    void end() throws InterruptedException {
        boolean alone = writing.tryLock(WRITE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (!finished) {
                ended = true;
                writer.interrupt();
            }
        } finally {
            if (alone) {
                writing.unlock();
            }
        }
    }

    /** From here on {@link #end} interrupts nothing any more, and what it did is forgotten. */
    void finish() {
        writing.lock();
        try {
            finished = true;
            if (ended) {
                Thread.interrupted();
            }
        } finally {
            writing.unlock();
        }
    }

    void retryAfter(long millis) {
        text.append("retry: ").append(millis).append("\n\n");
    }

    /**
     * Says that the stream is there: writing it finds out whether anybody reads, and reading it whether anybody writes. An event, as
     * browsers hide comments from the page.
     */
    void alive() throws IOException, InterruptedException {
        event("alive", JsonObject.EMPTY);
    }

    void event(String name, JsonValue data) throws IOException, InterruptedException {
        raw(frame(name, "", data));
    }

    /** The text of an event. JSON has no line breaks of its own. */
    static String frame(String name, String id, JsonValue data) {
        return "event: " + name + (id.isEmpty() ? "" : "\nid: " + id) + "\ndata: " + data + "\n\n";
    }

    void raw(String frame) throws IOException, InterruptedException {
        text.append(frame);
        told = System.nanoTime();
        if (text.length() >= PIECE) {
            write();
        }
    }

    private void write() throws IOException, InterruptedException {
        writing.lock();
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    void flush() throws IOException, InterruptedException {
        if (!text.isEmpty()) {
            write();
        }
    }
}
