package io.pipecat.worldmodel.local;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.worldmodel.state.TopicTree;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what changed to disk, some times a second, on a thread of its own. A disk that is full or gone loses nothing that the
 * model knows: it is written when that is possible again.
 */
final class StateWriter implements AutoCloseable {
    /** From one writing to the next; less than the second that a crash may lose, by the time that writing takes. */
    private static final Duration PERIOD = Duration.ofMillis(400);

    private static final Logger LOG = LoggerFactory.getLogger(StateWriter.class);
    /** How long to leave a disk alone that fails. */
    static final Duration RETRY = Duration.ofSeconds(10);

    private static final int TIDY_EVERY = 120;
    /** Writing takes a moment; what takes longer has a reason that somebody wants to know. */
    private static final Duration TELL_AFTER = Duration.ofSeconds(2);

    private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);

    /** What changed, and what was known when that was looked at. */
    private record Batch(Set<String> topics, TopicTree tree) {}

    private final Path folder;
    private final Duration retry;
    private final Clock clock;
    private final Supplier<TopicTree> current;
    private final Consumer<NodeEvent> events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Thread thread;
    private Set<String> changed = new HashSet<>();
    private boolean closing;
    private long lastWrite = System.nanoTime();
    /** Nothing while the disk fails. Used by the writing thread alone once it runs. */
    private @Nullable StateFile file;

    private volatile boolean failing;
    private volatile long bytes;

    /**
     * Begins to write.
     *
     * @param file where to
     * @param folder where the file is, to open it anew when it fails
     * @param retry how long to leave a disk alone that fails
     * @param clock the time source
     * @param current gives what is known now
     * @param events hears when writing fails and when it works again
     */
    StateWriter(
            StateFile file,
            Path folder,
            Duration retry,
            Clock clock,
            Supplier<TopicTree> current,
            Consumer<NodeEvent> events) {
        this.file = file;
        this.folder = folder;
        this.retry = retry;
        this.clock = clock;
        this.current = current;
        this.events = events;
        this.bytes = file.bytes();
        // A platform thread: file channels block their carrier, and an interrupt would close the file.
        this.thread = Thread.ofPlatform().daemon().name("pipecat-world-store").start(this::run);
    }

    /** Notes that a topic has changed. Never blocks for long. */
    void changed(String topic) {
        lock.lock();
        try {
            if (changed.add(topic) && changed.size() == 1) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How large the file is. */
    long bytes() {
        return bytes;
    }

    boolean isFailing() {
        return failing;
    }

    private void run() {
        int writes = 0;
        while (true) {
            Optional<Batch> batch = next();
            if (batch.isEmpty()) {
                break;
            }
            write(batch.get().topics(), batch.get().tree());
            if (++writes % TIDY_EVERY == 0) {
                guarded(StateFile::tidy);
            }
        }
        guarded(StateFile::close);
    }

    /** Waits for changes, and a while for more of them; empty if all are written and it is over. */
    private Optional<Batch> next() {
        lock.lock();
        try {
            while (changed.isEmpty() && !closing) {
                work.awaitUninterruptibly();
            }
            // Counted from the beginning of the last writing, so that a slow disk does not add its time.
            long wait = (file == null ? retry : PERIOD).toNanos();
            while (!closing && System.nanoTime() - lastWrite < wait) {
                work.awaitNanos(wait - (System.nanoTime() - lastWrite));
            }
            lastWrite = System.nanoTime();
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            Batch batch = new Batch(changed, current.get());
            changed = new HashSet<>();
            return Optional.of(batch);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            lock.unlock();
        }
    }

    private void write(Set<String> topics, TopicTree tree) {
        if (file == null && !reopen(tree)) {
            lock.lock();
            try {
                if (!closing) {
                    changed.addAll(topics);
                }
            } finally {
                lock.unlock();
            }
            return;
        }
        // In order, since neighbours share pages: a million are written in a third of the time.
        boolean written = guarded(open -> open.write(() -> topics.stream()
                .sorted()
                .map(topic -> new StateFile.Entry(topic, tree.value(topic)))
                .iterator()));
        if (!written) {
            topics.forEach(this::changed);
        }
    }

    private boolean reopen(TopicTree tree) {
        try {
            file = StateFile.open(folder, clock.instant()).file().orElse(null);
        } catch (WorldModelException e) {
            LOG.debug("the state of the house still cannot be kept", e);
            return false;
        }
        // Without a file, another process has begun to use the folder meanwhile.
        if (!guarded(open -> open.writeAll(tree))) {
            return false;
        }
        failing = false;
        LOG.info("The state of the house is kept in {} again", folder);
        return true;
    }

    private boolean guarded(Consumer<StateFile> action) {
        StateFile open = file;
        if (open == null) {
            return false;
        }
        try {
            action.accept(open);
            bytes = open.bytes();
            return true;
        } catch (RuntimeException e) {
            // The store throws more than its own kind where what it reads back from the disk is damaged.
            open.abandon();
            file = null;
            fail(e);
            return false;
        }
    }

    private void fail(RuntimeException e) {
        if (!failing) {
            failing = true;
            LOG.debug("writing the state of the house failed", e);
            events.accept(new NodeEvent.Degraded(
                    clock.instant(),
                    "world-model",
                    "The state of the house cannot be kept in " + folder + ": " + e.getMessage()
                            + ". It is kept in memory until that works again; look at the disk."));
        }
    }

    /** Writes what is left, and closes the file. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        if (ended(TELL_AFTER)) {
            return;
        }
        LOG.warn(
                "Waiting for the disk: the state of the house is still being written to {}; what is not written when the process ends is lost",
                folder);
        if (!ended(CLOSE_TIMEOUT)) {
            LOG.warn("The state of the house is still being written to {}; what is not written is lost", folder);
        }
    }

    /** Waits for the writing thread, interrupted or not: what is known must not be lost because somebody is in a hurry. */
    private boolean ended(Duration atMost) {
        boolean interrupted = false;
        long end = System.nanoTime() + atMost.toNanos();
        while (thread.isAlive() && end - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
