package io.pipecat.worldmodel.state;

import io.pipecat.api.Subscription;
import io.pipecat.api.world.StateChange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who watch what changed. Each has a virtual thread while there is something to tell, so that a slow one holds up
 * neither the model nor the others; what waits for a slow one is thinned out to one change for each topic. Thread-safe.
 */
public final class Watchers implements AutoCloseable {
    /** So many changes wait for a listener before they are thinned out. */
    static final int BACKLOG = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final FilterTree<Watch> watches = new FilterTree<>();
    private int count;

    /** Makes watchers of which there are none yet. */
    public Watchers() {}

    /**
     * Begins to watch.
     *
     * @param filter a topic filter
     * @param listener gets each change that comes from now on once, in order; if more than {@value #BACKLOG} wait for it, only
     *     the sum of the changes of each topic
     * @return closing it ends it
     * @throws IllegalArgumentException if the filter is none
     */
    public Subscription watch(String filter, Consumer<? super StateChange> listener) {
        Watch watch = new Watch(Topics.checkFilter(filter), listener);
        lock.lock();
        try {
            watches.add(filter, watch);
            count++;
        } finally {
            lock.unlock();
        }
        return watch;
    }

    /**
     * Tells a change. Never blocks. Calls must come in the order of the changes.
     *
     * @param change what changed
     */
    public void tell(StateChange change) {
        lock.lock();
        try {
            if (count > 0) {
                watches.forEach(change.topic(), watch -> watch.take(change));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many watch.
     *
     * @return the number
     */
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all watching; what waits is not told any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            watches.clear(watch -> watch.closed = true);
            count = 0;
        } finally {
            lock.unlock();
        }
    }

    private final class Watch implements Subscription {
        private final String filter;
        private final Consumer<? super StateChange> listener;
        private final Object queue = new Object();
        private Deque<StateChange> waiting = new ArrayDeque<>();
        private int thinOutAt = BACKLOG;
        private boolean running;
        private volatile boolean closed;

        Watch(String filter, Consumer<? super StateChange> listener) {
            this.filter = filter;
            this.listener = listener;
        }

        void take(StateChange change) {
            synchronized (queue) {
                if (waiting.size() >= thinOutAt) {
                    thinOut();
                }
                waiting.add(change);
                if (!running) {
                    running = true;
                    Thread.ofVirtual().name("pipecat-world-watch").start(this::drain);
                }
            }
        }

        private void thinOut() {
            Map<String, StateChange> sums = new LinkedHashMap<>();
            for (StateChange change : waiting) {
                sums.merge(
                        change.topic(),
                        change,
                        (first, last) -> new StateChange(first.topic(), first.before(), last.after(), last.time()));
            }
            waiting = new ArrayDeque<>(sums.values());
            // Topics that are all different cannot be thinned out; looking at them again for each new one would be
            // worse.
            thinOutAt = Math.max(BACKLOG, 2 * waiting.size());
        }

        private void drain() {
            while (true) {
                StateChange next;
                synchronized (queue) {
                    if (waiting.isEmpty() || closed) {
                        running = false;
                        thinOutAt = BACKLOG;
                        return;
                    }
                    next = waiting.remove();
                }
                try {
                    listener.accept(next);
                } catch (RuntimeException e) {
                    LOG.warn(
                            "Who watches {} failed at a change of {}",
                            Topics.shown(filter),
                            Topics.shown(next.topic()),
                            e);
                }
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    watches.remove(filter, this);
                    count--;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
