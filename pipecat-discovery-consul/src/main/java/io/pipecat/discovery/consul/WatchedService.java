package io.pipecat.discovery.consul;

import io.pipecat.api.NodeContext;
import io.pipecat.api.discovery.ServiceName;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kiwiproject.consul.model.health.ServiceHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One name that somebody asked for, kept current from then on. Thread-safe. */
final class WatchedService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedService.class);

    /**
     * What is known.
     *
     * @param found the last answer
     * @param asOf when it was last known to be right
     */
    record Known(Found found, Instant asOf) {}

    /** Hears of answers and failures, of whatever name. */
    interface Contact {
        void there();

        void away(ConsulFailure failure);
    }

    private final ServiceName name;
    private final ConsulLink link;
    private final Clock clock;
    private final Clock steadyClock;
    private final String ownInstance;
    private final Contact contact;
    private final Balance balance = new Balance();
    private final CountDownLatch firstOutcome = new CountDownLatch(1);
    private volatile @Nullable Known known;
    private volatile @Nullable ConsulFailure failure;
    private volatile Instant lastAsked;
    private volatile @Nullable Watch<List<ServiceHealth>> watch;

    WatchedService(ServiceName name, ConsulLink link, NodeContext node, Contact contact) {
        this.name = name;
        this.link = link;
        this.clock = node.clock();
        this.steadyClock = node.steadyClock();
        this.ownInstance = node.node().instanceId();
        this.contact = contact;
        this.lastAsked = steadyClock.instant();
    }

    /** Begins to watch. */
    void start() {
        watch = Watch.start(
                name.value(),
                link,
                options -> link.health().getHealthyServiceInstances(name.value(), options),
                new Watch.Listener<>() {
                    @Override
                    public void answered(List<ServiceHealth> answer) {
                        take(Found.of(answer, ownInstance));
                    }

                    @Override
                    public void failed(ConsulFailure e) {
                        failure = e;
                        firstOutcome.countDown();
                        contact.away(e);
                    }
                });
    }

    private void take(Found found) {
        Known before = known;
        balance.keepOnly(found.addresses());
        known = new Known(found, clock.instant());
        failure = null;
        firstOutcome.countDown();
        contact.there();
        if (before == null || !before.found().equals(found)) {
            LOG.debug("{} is now {}", name, found);
            if (!found.unusable().isEmpty()) {
                LOG.warn(
                        "{} lists instances of {} that nobody can reach, for want of a port or of an address: {}",
                        link.where(),
                        name,
                        String.join(", ", found.unusable()));
            }
        }
    }

    /** Takes note that somebody wants to know. */
    void touch() {
        lastAsked = steadyClock.instant();
    }

    Instant lastAsked() {
        return lastAsked;
    }

    /** Waits for the first answer, or for the first failure to get one. */
    boolean awaitOutcome(Duration deadline) throws InterruptedException {
        return firstOutcome.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What is known; as of now, unless Consul is away. */
    Optional<Known> known() {
        Known last = known;
        if (last == null) {
            return Optional.empty();
        }
        return Optional.of(failure == null ? new Known(last.found(), clock.instant()) : last);
    }

    Optional<ConsulFailure> failure() {
        return Optional.ofNullable(failure);
    }

    List<URI> order(Found found) {
        return balance.order(found.addresses(), steadyClock.instant());
    }

    Optional<URI> next(Found found) {
        return balance.next(found.addresses(), steadyClock.instant());
    }

    void failed(URI instance) {
        balance.failed(instance, steadyClock.instant());
    }

    @Override
    public void close() {
        Watch<List<ServiceHealth>> running = watch;
        if (running != null) {
            running.close();
        }
    }
}
