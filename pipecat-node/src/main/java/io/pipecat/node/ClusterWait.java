package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node spends on waiting for its cluster while it starts: {@code discovery_timeout} in all, however many things it waits for.
 */
final class ClusterWait {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWait.class);
    private static final Duration STEP = Duration.ofMillis(50);
    /** Kept back from the wait for shared settings, so that the last sentence can say what was found. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private final Duration timeout;
    private final long begun = System.nanoTime();

    ClusterWait(Duration timeout) {
        this.timeout = timeout;
    }

    private Duration left() {
        Duration left = timeout.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** How long to wait for the settings that a cluster shares. */
    Duration forSettings(boolean nothingWorksWithoutIt) {
        Duration tenth = timeout.dividedBy(10);
        Duration most = left().minus(tenth.compareTo(LAST_LOOK) < 0 ? tenth : LAST_LOOK);
        // A node that has what it needs is not kept from starting by a cluster that is away.
        Duration wanted = nothingWorksWithoutIt ? most : min(most, LAST_LOOK.multipliedBy(2));
        return wanted.isNegative() ? Duration.ZERO : wanted;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /**
     * Waits until one of the services is found.
     *
     * @throws DiscoveryException if none is in time: what was looked for, where, what was found instead, what to set
     */
    void forLanguageModel(ServiceDiscovery discovery, List<ServiceName> services, DeploymentMode mode)
            throws DiscoveryException, InterruptedException {
        String names = services.stream().map(ServiceName::toString).collect(Collectors.joining(", "));
        // A lookup has a deadline of its own, which may be longer than what is left.
        FutureTask<Void> wait = new FutureTask<>(() -> {
            awaitOne(discovery, services, names);
            return null;
        });
        Thread thread = Thread.ofVirtual().name("waiting for the cluster").start(wait);
        try {
            wait.get(Math.max(left().toNanos(), STEP.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new DiscoveryException(
                    "No language model was found within " + seconds(timeout) + " (DISCOVERY_TIMEOUT): looked for "
                            + names
                            + " in " + discovery.description() + "; " + found(discovery, services)
                            + ". Start one there, or set LLAMA_API_URL_OVERRIDE to the base URL of one"
                            + (mode == DeploymentMode.DISTRIBUTED
                                    ? ", CONSUL_HOST to where Consul is, or DEPLOYMENT_MODE=monolith."
                                    : " or CONSUL_HOST to where Consul is."),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for " + names + " failed", e.getCause());
        } finally {
            thread.interrupt();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private void awaitOne(ServiceDiscovery discovery, List<ServiceName> services, String names)
            throws InterruptedException {
        boolean told = false;
        while (true) {
            for (ServiceName service : services) {
                if (isThere(discovery, service)) {
                    return;
                }
            }
            if (!told) {
                told = true;
                LOG.warn(
                        "Waiting up to {} for {}: {}",
                        seconds(Duration.ofSeconds(Math.max(1, left().toSeconds()))),
                        names,
                        found(discovery, services));
            }
            // The answers are kept current in the background: looking costs nothing.
            Thread.sleep(STEP);
        }
    }

    private static boolean isThere(ServiceDiscovery discovery, ServiceName service) throws InterruptedException {
        try {
            return discovery.find(service).isPresent();
        } catch (DiscoveryException e) {
            LOG.debug("Not there yet: {}", e.getMessage());
            return false;
        }
    }

    private static String found(ServiceDiscovery discovery, List<ServiceName> services) throws InterruptedException {
        StringBuilder found = new StringBuilder();
        for (ServiceName service : services) {
            String absence = discovery.absence(service);
            // Where the source itself is away, it says the same of each name.
            if (found.indexOf(absence) < 0) {
                found.append(found.isEmpty() ? "" : "; ").append(absence);
            }
        }
        return found.toString();
    }
}
