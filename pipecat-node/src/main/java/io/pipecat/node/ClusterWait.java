package io.pipecat.node;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    /** For the last sentence, which says what was found: kept back from the wait, and granted where somebody hangs. */
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

    /** What is kept back at the end. */
    private Duration lastLook() {
        return min(timeout.dividedBy(10), LAST_LOOK);
    }

    /** How long to wait for the settings that a cluster shares. */
    Duration forSettings(boolean nothingWorksWithoutIt) {
        Duration most = left().minus(lastLook());
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
        Duration most = left().minus(lastLook());
        boolean there = within(most.compareTo(STEP) > 0 ? most : STEP, () -> awaitOne(discovery, services, names))
                .isPresent();
        if (there) {
            return;
        }
        String found = within(LAST_LOOK, () -> discovery.absence(services))
                .orElseGet(() -> discovery.description() + " does not answer in time");
        throw new DiscoveryException(
                "No language model was found within " + seconds(timeout) + " (DISCOVERY_TIMEOUT): looked for " + names
                        + ": " + found
                        + "; start one there, or set LLAMA_API_URL_OVERRIDE to the base URL of one"
                        + (mode == DeploymentMode.DISTRIBUTED
                                ? ", CONSUL_HOST to where Consul is, or DEPLOYMENT_MODE=monolith."
                                : " or CONSUL_HOST to where Consul is."),
                null);
    }

    /** A lookup has a deadline of its own, which may be longer than what is left. Empty if it is over first. */
    private static <T> Optional<T> within(Duration time, Callable<T> task) throws InterruptedException {
        FutureTask<T> running = new FutureTask<>(task);
        Thread thread = Thread.ofVirtual().name("waiting for the cluster").start(running);
        try {
            return Optional.of(running.get(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            LOG.debug("Not in time", e);
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for the cluster failed", e.getCause());
        } finally {
            thread.interrupt();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private ServiceName awaitOne(ServiceDiscovery discovery, List<ServiceName> services, String names)
            throws InterruptedException {
        boolean told = false;
        while (true) {
            for (ServiceName service : services) {
                if (isThere(discovery, service)) {
                    return service;
                }
            }
            if (!told) {
                told = true;
                LOG.warn(
                        "Waiting up to {} for {}: {}",
                        seconds(Duration.ofSeconds(Math.max(1, left().toSeconds()))),
                        names,
                        discovery.absence(services));
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
}
