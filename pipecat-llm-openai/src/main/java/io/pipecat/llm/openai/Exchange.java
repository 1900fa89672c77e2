package io.pipecat.llm.openai;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One HTTP exchange on a virtual thread of its own. A blocking read of a socket on a platform thread is not woken by an interruption, so the
 * calling thread does not read: it takes what comes from a queue, where interruption works on every kind of thread, and closing the
 * exchange closes the connection under the reader.
 *
 * <p>{@link #next} and {@link #close} belong to the calling thread; {@link #abort} and {@link #giveUp} may be called from any.
 */
final class Exchange implements AutoCloseable {
    private static final int QUEUE_LENGTH = 32;
    private static final int BUFFER_SIZE = 8192;
    private static final Duration REST = Duration.ofMillis(100);

    /** What happens to an exchange, in this order; the last three end it. */
    sealed interface Event {}

    /** There is a connection. */
    record Connected() implements Event {}

    /** The status line and the headers have come. */
    record Head(int status, Headers headers) implements Event {}

    /** Some bytes of the body have come. */
    static final class Bytes implements Event {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The body is complete. */
    record End() implements Event {}

    /**
     * It went wrong.
     *
     * @param cause why
     * @param connected whether there was a connection, so that the server may have read the request
     * @param reused whether that connection came from an earlier exchange and may have been dead already
     */
    record Failed(Exception cause, boolean connected, boolean reused) implements Event {}

    /**
     * Somebody who looked after it says that it is dead.
     *
     * @param inquiry how that showed
     */
    record Dead(Failure inquiry) implements Event {}

    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>(QUEUE_LENGTH);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Call call;
    private final Consumer<Exchange> onFinished;
    private volatile boolean connecting;
    private volatile boolean connected;
    private volatile boolean ended;
    private volatile boolean closed;

    /**
     * Makes an exchange that has not begun.
     *
     * @param client keeps the connections
     * @param request what to send
     * @param onFinished called on the reading thread as the last thing that it does
     */
    Exchange(OkHttpClient client, Request request, Consumer<Exchange> onFinished) {
        this.call = client.newCall(request);
        this.onFinished = onFinished;
    }

    /** Begins. */
    void start() {
        call.addEventListener(new Listener());
        Thread.ofVirtual().name("pipecat-llm-openai").start(this::run);
    }

    private final class Listener extends EventListener {
        @Override
        public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
            connecting = true;
        }

        @Override
        public void secureConnectStart(Call call) {
            // OkHttp 5.5 forgets a cancellation that comes between the TCP and the TLS handshake, and would then wait
            // for the server
            // for ever. From here on it is heeded again.
            if (call.isCanceled()) {
                throw new CancellationException("cancelled before the TLS handshake");
            }
        }

        @Override
        public void connectionAcquired(Call call, Connection connection) {
            connected = true;
            put(new Connected());
        }
    }

    private void run() {
        try (Response response = call.execute()) {
            put(new Head(response.code(), response.headers()));
            read(response.body().byteStream());
            ended = true;
            put(new End());
        } catch (IOException | RuntimeException e) {
            fail(e);
        } finally {
            if (!ended) {
                // An Error is on its way to the handler of uncaught ones; the caller must not wait for its deadline.
                fail(new IOException("the reading thread died"));
            }
            finished.countDown();
            onFinished.accept(this);
        }
    }

    private void read(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        for (int n = body.read(buffer); n >= 0 && !closed; n = body.read(buffer)) {
            put(new Bytes(Arrays.copyOf(buffer, n)));
        }
    }

    private void fail(Exception cause) {
        ended = true;
        put(new Failed(cause, connected, connected && !connecting));
    }

    /** Waits while the caller is slower than the server; {@link #close} makes room. */
    private void put(Event event) {
        if (closed) {
            return;
        }
        try {
            queue.put(event);
        } catch (InterruptedException e) {
            // Nobody here interrupts this thread. If somebody does, it is to end.
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns what happened next.
     *
     * @param deadline by {@link System#nanoTime()}
     * @return the event; empty if the deadline has passed
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Event> next(long deadline) throws InterruptedException {
        return Optional.ofNullable(queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
    }

    /**
     * Gives the body a moment to end by itself after the answer is complete, so that the connection can be used again. An interruption ends
     * the wait and stays visible, but does not spoil the answer.
     */
    void rest() {
        long deadline = System.nanoTime() + REST.toNanos();
        try {
            Optional<Event> event = next(deadline);
            while (event.isPresent() && !(event.get() instanceof End || event.get() instanceof Failed)) {
                event = next(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that nothing will come any more; may be called from any thread. */
    void giveUp(Failure inquiry) {
        // Where the queue is full, something has come.
        if (queue.offer(new Dead(inquiry))) {
            call.cancel();
        }
    }

    /** Makes the exchange fail now. */
    void abort() {
        call.cancel();
    }

    /** Waits until the reading thread is gone. */
    boolean awaitFinished(Duration timeout) throws InterruptedException {
        return finished.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closes the connection, unless the exchange is over and others may use it. */
    @Override
    public void close() {
        closed = true;
        if (!ended) {
            call.cancel();
        }
        queue.clear();
    }
}
