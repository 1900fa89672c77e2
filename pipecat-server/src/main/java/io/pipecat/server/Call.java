package io.pipecat.server;

import io.pipecat.api.http.Response;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request while it is answered: who may interrupt its thread, and who may still write the answer. An interrupt that
 * came after the handler has returned would close the connection under the answer, so each phase says what it allows.
 */
final class Call {
    /** How long a handler may ignore its interruption before somebody else answers in its place. */
    static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    /** How long the peer may take to read an answer that is there as a whole, or a part of a stream. */
    private static final long SEND_NANOS = Duration.ofMinutes(1).toNanos();

    private enum Phase {
        HANDLING,
        STREAMING,
        SENDING,
        TAKEN,
        DONE
    }

    /** Why a thread was interrupted. */
    enum Ended {
        NOT,
        TIME_OVER,
        STOPPED
    }

    private final Thread thread = Thread.currentThread();
    private final boolean limited;
    private final long deadline;
    private final Consumer<@Nullable Supplier<Response>> answerInstead;
    private Phase phase = Phase.HANDLING;
    private Ended ended = Ended.NOT;
    private long sendDeadline;
    private boolean answeredInstead;
    private boolean writing;
    private long writingSince;
    private @Nullable Supplier<Response> late;
    private long lateAt;

    /**
     * Begins, on the thread of the request.
     *
     * @param now by {@link System#nanoTime()}
     * @param timeout zero for none
     * @param answerInstead answers where the handler does not, on a thread of its own; gets what the handler wants to be
     *     answered, if it has said
     */
    Call(long now, Duration timeout, Consumer<@Nullable Supplier<Response>> answerInstead) {
        this.limited = !timeout.isZero();
        this.deadline = now + timeout.toNanos();
        this.answerInstead = answerInstead;
    }

    /** See {@link io.pipecat.api.http.Request#answerWithin}. */
    synchronized void answerAt(long nanos, Supplier<Response> response) {
        late = response;
        lateAt = nanos;
    }

    synchronized Ended ended() {
        return ended;
    }

    /** The handler has an answer. Returns whether it may still be sent; then nobody interrupts the thread for the handler's sake. */
    synchronized boolean beginSending(boolean streamed, long now) {
        if (phase != Phase.HANDLING) {
            return false;
        }
        phase = streamed && ended == Ended.NOT ? Phase.STREAMING : Phase.SENDING;
        sendDeadline = now + SEND_NANOS;
        Thread.interrupted();
        return true;
    }

    /** Somebody else has answered in the handler's place, or given up trying. */
    synchronized void answeredInstead() {
        answeredInstead = true;
        notifyAll();
    }

    /** Waits for that, where {@link #beginSending} says that it is so: the connection must not be closed under the answer. */
    synchronized void awaitAnswerInstead() throws InterruptedException {
        long deadline = System.nanoTime() + SEND_NANOS;
        while (!answeredInstead) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    /**
     * Returns a stream that ends when its peer does not take what is written for so long: it would keep its thread and whatever its writer
     * holds for as long as the peer likes.
     */
    Response watched(Response response, Response.Body.Stream stream) {
        Response.Writer writer = out -> stream.writer().write(new Watched(out));
        return new Response(response.status(), response.headers(), new Response.Body.Stream(writer));
    }

    private interface Write {
        void run() throws IOException;
    }

    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        private void watch(Write write) throws IOException {
            beginWriting(System.nanoTime());
            try {
                write.run();
            } finally {
                endWriting();
            }
        }

        @Override
        public void write(int b) throws IOException {
            watch(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            watch(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            watch(out::flush);
        }

        @Override
        public void close() throws IOException {
            watch(out::close);
        }
    }

    synchronized void beginWriting(long now) {
        writing = true;
        writingSince = now;
    }

    synchronized void endWriting() {
        writing = false;
    }

    synchronized void done() {
        phase = Phase.DONE;
        Thread.interrupted();
    }

    /** Ends it, where it can be ended. */
    synchronized void stop() {
        end(Ended.STOPPED);
    }

    private void end(Ended why) {
        if (ended == Ended.NOT && (phase == Phase.HANDLING || phase == Phase.STREAMING)) {
            ended = why;
            thread.interrupt();
        }
    }

    /** Looks whether its time is over; called every now and then. */
    void check(long now) {
        Supplier<Response> wanted;
        boolean take = false;
        synchronized (this) {
            if (limited && now - deadline >= 0) {
                end(Ended.TIME_OVER);
            }
            if (phase == Phase.SENDING && now - sendDeadline >= 0) {
                thread.interrupt();
            }
            if (phase == Phase.STREAMING && writing && now - writingSince >= SEND_NANOS) {
                thread.interrupt();
            }
            wanted = late;
            boolean overdue = limited && now - deadline >= GRACE_NANOS;
            if (phase == Phase.HANDLING && (overdue || (wanted != null && now - lateAt >= 0))) {
                phase = Phase.TAKEN;
                take = true;
            }
        }
        if (take) {
            Thread.ofVirtual().name("answer-instead").start(() -> {
                try {
                    answerInstead.accept(wanted);
                } finally {
                    answeredInstead();
                }
            });
        }
    }
}
