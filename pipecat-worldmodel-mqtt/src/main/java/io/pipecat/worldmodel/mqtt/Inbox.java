package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.worldmodel.mqtt.LinkMetrics.Loss;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between the thread that reads from the broker and the one that listeners run on: the former must never wait, or the
 * broker would take this node for dead. What does not fit is dropped, oldest first, and counted; but never what the broker
 * waits to hear confirmed: of that it sends no more than it may.
 */
final class Inbox implements AutoCloseable {
    static final int MAX_MESSAGES = 100_000;
    static final long MAX_BYTES = 128L << 20;
    private static final long OVERHEAD = 200;
    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    private sealed interface Item {
        record Heard(MqttMessage message, @Nullable Runnable acknowledge) implements Item {
            long size() {
                return OVERHEAD + message.topic().length() + message.payload().remaining();
            }
        }

        record Told(Runnable action) implements Item {}
    }

    private final Executor loop;
    private final Consumer<MqttMessage> listener;
    private final LinkMetrics metrics;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private Deque<Item> items = new ArrayDeque<>();
    private long bytes;
    private boolean waking;
    private boolean closed;

    /**
     * Makes it and starts its thread.
     *
     * @param loop the thread that reads from the broker; what is given to it runs when it has read all there is
     * @param listener hears each message
     * @param metrics where to count
     */
    Inbox(Executor loop, Consumer<MqttMessage> listener, LinkMetrics metrics) {
        this.loop = loop;
        this.listener = listener;
        this.metrics = metrics;
        this.thread = Thread.ofVirtual().name("pipecat-mqtt-listeners").start(this::run);
    }

    /** Adds a message. Called on the loop. */
    void hear(MqttMessage message, @Nullable Runnable acknowledge) {
        Item.Heard added = new Item.Heard(message, acknowledge);
        boolean wake;
        lock.lock();
        try {
            items.add(added);
            bytes += added.size();
            if (items.size() > MAX_MESSAGES || bytes > MAX_BYTES) {
                dropOldest();
            }
            wake = !waking;
            waking = true;
        } finally {
            lock.unlock();
        }
        if (wake) {
            // Waking a thread costs more than a message; so it is done once for all that can be read now.
            loop.execute(this::wake);
        }
    }

    private void dropOldest() {
        Iterator<Item> oldest = items.iterator();
        // The last one stays however large it is.
        for (int left = items.size() - 1; left > 0; left--) {
            if (oldest.next() instanceof Item.Heard heard && heard.acknowledge() == null) {
                oldest.remove();
                bytes -= heard.size();
                metrics.lost(Loss.SLOW_LISTENER, heard.message().topic());
                if (items.size() <= MAX_MESSAGES && bytes <= MAX_BYTES) {
                    return;
                }
            }
        }
    }

    /** Has something run between the messages. */
    void tell(Runnable action) {
        lock.lock();
        try {
            items.add(new Item.Told(action));
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            waking = false;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Deque<Item> taken = new ArrayDeque<>();
        while (true) {
            lock.lock();
            try {
                while (items.isEmpty()) {
                    if (closed) {
                        return;
                    }
                    filled.awaitUninterruptibly();
                }
                Deque<Item> full = items;
                items = taken;
                taken = full;
                bytes = 0;
            } finally {
                lock.unlock();
            }
            for (Item item = taken.poll(); item != null; item = taken.poll()) {
                deal(item);
            }
        }
    }

    private void deal(Item item) {
        switch (item) {
            case Item.Told(Runnable action) -> action.run();
            case Item.Heard(MqttMessage message, @Nullable Runnable acknowledge) -> {
                listener.accept(message);
                if (acknowledge != null) {
                    acknowledge.run();
                }
            }
        }
    }

    /** Lets listeners hear what has come, for a second at most, and ends the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
        try {
            // A listener may close the link itself; it cannot wait for its own end.
            if (Thread.currentThread() != thread && !thread.join(LAST_CALL)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
