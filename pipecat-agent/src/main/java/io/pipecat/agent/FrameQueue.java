package io.pipecat.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries the frames of one turn from the threads that make them to the one that called {@code send}. Bounded, so that a model does not
 * run far ahead of a slow receiver: what was not delivered was not said.
 */
final class FrameQueue {
    private static final int CAPACITY = 64;

    private sealed interface Entry {}

    private record Frame(TurnFrame frame) implements Entry {}

    private record Fence(CountDownLatch reached) implements Entry {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private boolean closed;

    /** Waits for room and adds a frame; drops it if the queue is closed. */
    void put(TurnFrame frame) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (entries.size() >= CAPACITY && !closed) {
                notFull.await();
            }
            add(new Frame(frame));
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #put}, but not to be stopped: for frames that complete a pair. The receiver goes on taking until the queue is closed. */
    void putAlways(TurnFrame frame) {
        lock.lock();
        try {
            while (entries.size() >= CAPACITY && !closed) {
                notFull.awaitUninterruptibly();
            }
            add(new Frame(frame));
        } finally {
            lock.unlock();
        }
    }

    /** Adds a frame if there is room: for what may be lost and whose sender must not wait. */
    void offer(TurnFrame frame) {
        lock.lock();
        try {
            if (entries.size() < CAPACITY) {
                add(new Frame(frame));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that is in the queue now has been delivered. */
    void awaitDelivery() throws InterruptedException {
        Fence fence = new Fence(new CountDownLatch(1));
        lock.lockInterruptibly();
        try {
            if (closed) {
                return;
            }
            // Not bounded: a fence takes no memory worth mentioning, and there is one at a time.
            add(fence);
        } finally {
            lock.unlock();
        }
        fence.reached().await();
    }

    /** Takes the next frame; null when the queue is closed and empty. */
    @Nullable
    TurnFrame take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Entry entry = entries.poll();
                switch (entry) {
                    case Frame frame -> {
                        notFull.signal();
                        return frame.frame();
                    }
                    case Fence fence -> fence.reached().countDown();
                    case null -> {
                        if (closed) {
                            return null;
                        }
                        notEmpty.await();
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing more in. What is in it can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Entry entry) {
        if (!closed) {
            entries.add(entry);
            notEmpty.signal();
        }
    }
}
