package io.pipecat.agent;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs something on a thread of its own, so that whoever waits for it can stop waiting even if it does not listen to interruption. */
final class DetachedCall {

    /** How it ended. */
    sealed interface Ending<T> {}

    /** It gave a value. */
    record Returned<T>(T value) implements Ending<T> {}

    /** It threw. */
    record Threw<T>(Throwable thrown) implements Ending<T> {}

    /**
     * It was stopped.
     *
     * @param late whether its time was up; otherwise the waiting thread was interrupted
     * @param abandoned whether it goes on all the same
     * @param value what it gave all the same, within the grace: it may have done its work by then
     */
    record Stopped<T>(boolean late, boolean abandoned, Optional<T> value) implements Ending<T> {}

    private DetachedCall() {}

    /** Runs it on a virtual thread and waits: {@link #run(Thread.Builder, String, Optional, Duration, Callable)}. */
    static <T> Ending<T> run(String name, Optional<Duration> limit, Duration grace, Callable<T> body) {
        return run(Thread.ofVirtual(), name, limit, grace, body);
    }

    /**
     * Runs it and waits.
     *
     * @param kind makes the thread
     * @param name the thread's name
     * @param limit how long to wait; empty means for ever
     * @param grace how long to wait for the end of what was interrupted
     * @param body what to run
     * @return how it ended; after an interruption the calling thread's flag is clear
     */
    static <T> Ending<T> run(
            Thread.Builder kind, String name, Optional<Duration> limit, Duration grace, Callable<T> body) {
        if (Thread.interrupted()) {
            // Nothing is begun that nobody waits for.
            return new Stopped<>(false, false, Optional.empty());
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = kind.name(name).unstarted(() -> {
            try {
                result.complete(Objects.requireNonNull(body.call(), "it returned null, which is no result"));
            } catch (Throwable t) {
                result.completeExceptionally(t);
            }
        });
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The system gives no more threads; nothing was begun.
            return new Threw<>(e);
        }
        boolean late = false;
        try {
            return new Returned<>(
                    limit.isPresent() ? result.get(limit.get().toNanos(), TimeUnit.NANOSECONDS) : result.get());
        } catch (ExecutionException e) {
            return new Threw<>(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            late = true;
        } catch (InterruptedException e) {
            late = false;
        }
        thread.interrupt();
        boolean abandoned;
        try {
            abandoned = !thread.join(grace);
        } catch (InterruptedException e) {
            late = false;
            abandoned = thread.isAlive();
        }
        return new Stopped<>(
                late,
                abandoned,
                result.state() == Future.State.SUCCESS ? Optional.of(result.resultNow()) : Optional.empty());
    }
}
