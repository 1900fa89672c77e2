package io.pipecat.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who has the floor in a conversation: one turn at a time, in the order in which they came, and whoever comes interrupts those before.
 */
final class Floor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Thread> waiting = new ArrayDeque<>();
    private boolean closed;
    /** The thread that has the floor; its turn follows a moment later. */
    private @Nullable Thread owner;

    private @Nullable Turn turn;
    private boolean interruptAtStart;

    /**
     * Waits for the floor.
     *
     * @throws IllegalStateException if the calling thread has it already, or if the conversation is closed
     */
    void take() throws InterruptedException {
        Thread me = Thread.currentThread();
        lock.lockInterruptibly();
        try {
            if (owner == Thread.currentThread()) {
                throw new IllegalStateException(
                        "the sink of a turn cannot send a message: send it when the turn has ended, or on another thread");
            }
            waiting.add(me);
            interruptRunning();
            while (!closed && (owner != null || waiting.peek() != me)) {
                changed.await();
            }
            if (closed) {
                throw new IllegalStateException("the conversation is closed: start another one with its history");
            }
            owner = Thread.currentThread();
        } finally {
            waiting.remove(me);
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Starts the turn of the thread that has the floor. If somebody waits already, it begins interrupted. */
    void start(Turn mine) {
        lock.lock();
        try {
            turn = mine;
            if (closed || interruptAtStart || !waiting.isEmpty()) {
                mine.interrupt();
            }
            mine.start();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the floor to the next. */
    void leave() {
        lock.lock();
        try {
            owner = null;
            turn = null;
            interruptAtStart = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void interrupt() {
        lock.lock();
        try {
            interruptRunning();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody have the floor any more, and waits until it is free unless the calling thread has it. */
    void close() {
        lock.lock();
        try {
            closed = true;
            interruptRunning();
            changed.signalAll();
            while (owner != null && owner != Thread.currentThread()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void interruptRunning() {
        if (turn != null) {
            turn.interrupt();
        } else if (owner != null) {
            interruptAtStart = true;
        }
    }
}
