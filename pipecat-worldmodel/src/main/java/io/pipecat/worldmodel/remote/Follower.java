package io.pipecat.worldmodel.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.worldmodel.remote.ServiceSource.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps following the service, whichever instance is there; while none is, it has the broker listened to, if there is one. */
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final String ROLE = "world-model";
    private static final Duration TO_END = Duration.ofSeconds(3);

    private final NodeContext node;
    private final Services services;
    private final ServiceSource source;
    private final Optional<BrokerSource> broker;
    private final Pace pace;
    /** Ends a wait between two tries. */
    private final Semaphore hurry = new Semaphore(0);

    private final Thread thread;
    private String problem = "it was not looked for yet";
    private boolean told;
    private volatile boolean closed;
    private volatile @Nullable Service current;
    private volatile boolean currentTakesOrders;

    Follower(NodeContext node, Services services, ServiceSource source, Optional<BrokerSource> broker, Pace pace) {
        this.node = node;
        this.services = services;
        this.source = source;
        this.broker = broker;
        this.pace = pace;
        this.thread = Thread.ofVirtual().name("pipecat-world-follower").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The instance that is followed now. */
    Optional<Service> current() {
        return Optional.ofNullable(current);
    }

    /** Whether the instance that is followed takes updates and commands: the predecessor's does not. */
    boolean currentTakesOrders() {
        return currentTakesOrders;
    }

    /** Why there is none, as a part of a sentence. */
    synchronized String problem() {
        return problem;
    }

    private synchronized void problem(String words) {
        problem = words;
    }

    /** Looks again at once where the service is. */
    void hurry() {
        source.interrupt();
        hurry.release();
    }

    private void run() {
        int failures = 0;
        try {
            while (!closed) {
                failures = triedAll() ? 1 : failures + 1;
                if (closed) {
                    return;
                }
                broker.ifPresent(BrokerSource::open);
                tellOnce();
                long millis = pace.pause(failures).toMillis();
                long some = ThreadLocalRandom.current().nextLong(millis / 5 + 1);
                if (hurry.tryAcquire(millis - some, TimeUnit.MILLISECONDS)) {
                    hurry.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The following of the world model service ends");
        }
    }

    private boolean triedAll() throws InterruptedException {
        try {
            return tryAll();
        } catch (RuntimeException e) {
            current = null;
            problem("following it failed in a way that it should not: " + e);
            if (!told) {
                LOG.error("Following the world model service failed in a way that it should not; it is tried again", e);
            }
            return false;
        }
    }

    /** Follows each instance until it is lost; returns whether one was there. */
    private boolean tryAll() throws InterruptedException {
        List<Service> all;
        try {
            all = services.all();
        } catch (DiscoveryException e) {
            problem("it could not be looked up: " + e.getMessage());
            return false;
        }
        if (all.isEmpty()) {
            problem(services.none());
        }
        boolean any = false;
        for (Service service : all) {
            Ended ended = source.follow(service, takesOrders -> connected(service, takesOrders));
            any |= current != null;
            current = null;
            switch (ended) {
                case Ended.ThisNode itself -> {
                    services.isThisNode(service);
                    problem(services.none());
                }
                case Ended.Failed failed -> {
                    services.failed(service);
                    problem(service.display() + ": " + failed.problem());
                }
            }
            if (closed) {
                return any;
            }
        }
        return any;
    }

    private void connected(Service service, boolean takesOrders) {
        currentTakesOrders = takesOrders;
        current = service;
        broker.ifPresent(BrokerSource::close);
        LOG.info(
                "Following the world model at {}{}",
                service.display(),
                takesOrders ? "" : ", which does not tell changes by itself and is asked every now and then");
        told = false;
    }

    /** Each outage is told once, not at each of its tries. */
    private void tellOnce() {
        if (!told) {
            told = true;
            String instead = broker.isPresent() ? " Until it is there, the broker is listened to." : "";
            node.publish(new NodeEvent.Degraded(
                    node.clock().instant(), ROLE, "There is no world model service: " + problem() + "." + instead));
        }
    }

    @Override
    public void close() {
        closed = true;
        source.interrupt();
        thread.interrupt();
        try {
            if (!thread.join(TO_END)) {
                LOG.debug("The following of the world model service did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
