package io.pipecat.discovery.consul;

import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.kiwiproject.consul.model.ConsulResponse;
import org.kiwiproject.consul.option.QueryOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one answer of Consul current by blocking queries, on a virtual thread of its own. While nothing changes, that costs a
 * connection and a request a minute. After a failure it asks again soon, then less often.
 *
 * @param <T> the answer
 */
final class Watch<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);
    /** However fast things change, or a server answers that does not wait. */
    private static final Duration BETWEEN_ANSWERS = Duration.ofMillis(100);
    /** For an answer without an index, which cannot be waited on. */
    private static final Duration WITHOUT_INDEX = Duration.ofSeconds(1);

    /** Asks Consul. */
    interface Query<T> {
        ConsulResponse<T> ask(QueryOptions options) throws Exception;
    }

    /** Gets what comes, on the watch's thread. */
    interface Listener<T> {
        /** Takes an answer, which may be equal to the one before. */
        void answered(T answer);

        /** Takes note that there is none. */
        void failed(ConsulFailure failure);
    }

    private final ConsulLink link;
    private final Query<T> query;
    private final Listener<T> listener;
    private final Thread thread;
    private volatile boolean closed;

    private Watch(String name, ConsulLink link, Query<T> query, Listener<T> listener) {
        this.link = link;
        this.query = query;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("consul " + name).unstarted(this::run);
    }

    static <T> Watch<T> start(String name, ConsulLink link, Query<T> query, Listener<T> listener) {
        Watch<T> watch = new Watch<>(name, link, query, listener);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            watch();
        } catch (InterruptedException e) {
            LOG.debug("{} ends", thread.getName());
        }
    }

    private void watch() throws InterruptedException {
        BigInteger index = BigInteger.ZERO;
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            long asked = System.nanoTime();
            BigInteger known = index;
            try {
                Callable<ConsulResponse<T>> question = () -> query.ask(ConsulLink.newerThan(known));
                ConsulResponse<T> response = link.ask(question);
                // An index that goes backwards is a Consul that was restored or restarted: its news begin anew.
                boolean reset = response.getIndex().compareTo(index) < 0;
                index = reset ? BigInteger.ZERO : response.getIndex();
                pause = FIRST_PAUSE;
                if (closed) {
                    return;
                }
                tell(() -> listener.answered(response.getResponse()));
                Thread.sleep(index.signum() > 0 || reset ? remaining(BETWEEN_ANSWERS, asked) : WITHOUT_INDEX);
            } catch (ConsulFailure e) {
                if (closed) {
                    return;
                }
                index = BigInteger.ZERO;
                tell(() -> listener.failed(e));
                // Not all nodes of a cluster at once.
                Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** Whoever listens further on may have bugs; they are no reason to hear of nothing from then on. */
    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("What {} brought could not be used", thread.getName(), e);
        }
    }

    private static Duration remaining(Duration total, long since) {
        Duration left = total.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Ends it; what is under way is broken off. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
