package io.pipecat.endpoint.tools;

import io.pipecat.api.json.JsonValue;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, run by one thread and awaited by another, or by the same. Neither a
 * {@link java.util.concurrent.FutureTask} nor a timed wait: setting a timer for each call and taking it back costs more than
 * a short call itself, so deadlines are looked after for all calls together.
 */
final class Work implements Runnable {
    /** How a call ended. */
    enum End {
        RETURNED,
        THREW,
        TIME_OVER,
        CANCELLED
    }

    private final Callable<JsonValue> call;
    private final Consumer<? super Work> atEnd;
    private final long deadline;
    private final Thread waiter = Thread.currentThread();
    private @Nullable Thread runner;
    private boolean ended;
    private long nanos;
    private @Nullable JsonValue result;
    private @Nullable Throwable thrown;
    private volatile @Nullable End end;

    /**
     * Prepares a call, on the thread that will wait for it.
     *
     * @param deadline by {@link System#nanoTime()}
     * @param atEnd told when the tool has really ended, also long after it was given up
     */
    Work(Callable<JsonValue> call, long deadline, Consumer<? super Work> atEnd) {
        this.call = call;
        this.deadline = deadline;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        boolean wanted;
        synchronized (this) {
            wanted = end == null;
            runner = Thread.currentThread();
        }
        long begun = System.nanoTime();
        JsonValue value = null;
        Throwable problem = null;
        try {
            value = wanted ? call.call() : null;
        } catch (Throwable e) {
            // An OutOfMemoryError too is the tool's outcome, and its caller's to be told.
            problem = e;
        }
        nanos = System.nanoTime() - begun;
        synchronized (this) {
            ended = true;
            // The thread goes on to other calls.
            Thread.interrupted();
            if (end == null) {
                result = value;
                thrown = problem;
                end = problem == null && value != null ? End.RETURNED : End.THREW;
            }
        }
        atEnd.accept(this);
        if (Thread.currentThread() != waiter) {
            LockSupport.unpark(waiter);
        }
    }

    /** How long the tool took, for {@code atEnd}. */
    long nanos() {
        return nanos;
    }

    /** Waits until it has ended or is given up. */
    End await() throws InterruptedException {
        End now = end;
        while (now == null) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now = end;
        }
        return now;
    }

    @Nullable
    JsonValue result() {
        return result;
    }

    @Nullable
    Throwable thrown() {
        return thrown;
    }

    /** Interrupts it and lets the waiting thread go; returns whether it is still at it. */
    boolean giveUp(End why) {
        boolean running;
        synchronized (this) {
            running = !ended;
            if (end == null) {
                end = why;
            }
            if (running && runner != null) {
                runner.interrupt();
            }
        }
        LockSupport.unpark(waiter);
        return running;
    }

    /** Gives it up if its time is over. */
    void check(long now) {
        if (now - deadline >= 0 && end == null) {
            giveUp(End.TIME_OVER);
        }
    }

    /** Whether it was given up and goes on all the same. */
    synchronized boolean isOverdue() {
        return end != null && !ended;
    }
}
