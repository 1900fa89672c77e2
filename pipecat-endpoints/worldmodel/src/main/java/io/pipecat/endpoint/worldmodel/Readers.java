package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.Metrics;
import io.pipecat.api.Subscription;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who follows the changes: not more than may, and none that takes nothing any more. */
final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Set<EventStream> reading = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final ScheduledExecutorService watch;
    private final Subscription gauge;
    private volatile boolean draining;

    Readers(int most, EventStream.Pace pace, Metrics metrics) {
        this.places = new Semaphore(most);
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("world-model-readers").factory());
        long millis = Math.max(10, pace.stall().toMillis() / 10);
        var unused = watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        this.gauge = metrics.gauge(
                "pipecat_world_model_readers", "Who follows the world model's changes.", Map.of(), reading::size);
    }

    private void look() {
        try {
            long now = System.nanoTime();
            reading.forEach(stream -> stream.check(now));
        } catch (RuntimeException e) {
            // Thrown on, it would end the watching.
            LOG.error("Looking after the readers of the world model failed", e);
        }
    }

    boolean full() {
        return places.availablePermits() == 0;
    }

    /** Returns whether there was a place; {@link #leave} gives it back. */
    boolean enter(EventStream stream) {
        if (!places.tryAcquire()) {
            return false;
        }
        reading.add(stream);
        if (draining) {
            stream.end();
        }
        return true;
    }

    void leave(EventStream stream) {
        reading.remove(stream);
        places.release();
    }

    /** Lets all of them go; they come again to whoever serves then. */
    void drain() {
        draining = true;
        reading.forEach(EventStream::end);
    }

    @Override
    public void close() {
        drain();
        watch.shutdownNow();
        gauge.close();
    }
}
