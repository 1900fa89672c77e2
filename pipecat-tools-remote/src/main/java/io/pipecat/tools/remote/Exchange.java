package io.pipecat.tools.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One HTTP exchange on a virtual thread of its own. A blocking read of a socket on a platform thread is not woken by an
 * interruption, so the calling thread does not read: it waits for the ending, where interruption works on every kind of
 * thread, and closing the exchange closes the connection under the reader.
 */
final class Exchange implements AutoCloseable {

    /** How an exchange ended. */
    sealed interface Ending permits Reply, Broken {}

    /**
     * It gave no answer.
     *
     * @param cause why
     */
    record Broken(Exception cause) implements Ending {}

    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final Call call;
    private final int maxBody;
    private final Consumer<Exchange> onFinished;
    private volatile boolean sent;

    /**
     * Makes an exchange that has not begun.
     *
     * @param client keeps the connections
     * @param request what to send
     * @param maxBody how much of the answer to read
     * @param onFinished called on the reading thread as the last thing that it does
     */
    Exchange(OkHttpClient client, Request request, int maxBody, Consumer<Exchange> onFinished) {
        this.call = client.newCall(request);
        this.maxBody = maxBody;
        this.onFinished = onFinished;
    }

    /** Begins. */
    void start() {
        call.addEventListener(new Listener());
        Thread.ofVirtual().name("pipecat-tools-remote").start(this::run);
    }

    private final class Listener extends EventListener {
        @Override
        public void secureConnectStart(Call call) {
            // OkHttp 5.5 forgets a cancellation that comes between the TCP and the TLS handshake, and would then wait
            // for the server for ever.
            if (call.isCanceled()) {
                throw new CancellationException("cancelled before the TLS handshake");
            }
        }

        @Override
        public void requestHeadersStart(Call call) {
            sent = true;
        }
    }

    private void run() {
        try (Response response = call.execute()) {
            // One byte more than is wanted tells whether there is more.
            byte[] body = response.body().byteStream().readNBytes(maxBody + 1);
            ending.complete(new Reply(response.code(), response.headers(), body, body.length > maxBody));
        } catch (IOException | RuntimeException e) {
            ending.complete(new Broken(e));
        } finally {
            // An Error is on its way to the handler of uncaught ones; the caller must not wait for its deadline.
            ending.complete(new Broken(new IOException("the reading thread died")));
            onFinished.accept(this);
        }
    }

    /**
     * Waits for the end.
     *
     * @param deadline by {@link System#nanoTime()}
     * @return how it ended; empty if it did not by then
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Ending> await(long deadline) throws InterruptedException {
        try {
            return Optional.of(ending.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exchange never ends exceptionally", e);
        }
    }

    /** Ends the exchange before the request is out, and waits a moment until that is certain. */
    Optional<Ending> abandonUnsent(Duration grace) throws InterruptedException {
        call.cancel();
        return await(System.nanoTime() + grace.toNanos());
    }

    /** Returns whether the server may have seen something of the request. Never turns false again. */
    boolean isSent() {
        return sent;
    }

    /** Returns whether the server gave an answer. */
    boolean isAnswered() {
        return ending.getNow(new Broken(new IOException("not yet"))) instanceof Reply;
    }

    /** Closes the connection, unless the exchange is over and others may use it. */
    @Override
    public void close() {
        if (!ending.isDone()) {
            call.cancel();
        }
    }
}
