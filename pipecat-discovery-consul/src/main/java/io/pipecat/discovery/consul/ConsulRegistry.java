package io.pipecat.discovery.consul;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.discovery.ServiceRegistry;
import io.pipecat.discovery.consul.Registered.Checks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.kiwiproject.consul.model.health.Service;
import org.kiwiproject.consul.option.ImmutableQueryOptions;
import org.kiwiproject.consul.option.QueryOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps this node's services in Consul: on a virtual thread of its own it looks now and then whether they are still there. */
final class ConsulRegistry implements ServiceRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ConsulRegistry.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final NodeContext node;
    private final ConsulLink link;
    private final Checks checks;
    private final QueryOptions ofThisNode;
    private final Collection<Registered> services = new ConcurrentLinkedDeque<>();
    private final Semaphore work = new Semaphore(0);
    private final Thread keeper;
    private boolean started;
    private boolean closed;

    ConsulRegistry(NodeContext node, ConsulLink link) {
        this.node = node;
        this.link = link;
        this.checks = new Checks(
                node.settings().get(ConsulSettings.CHECK_INTERVAL),
                node.settings().get(ConsulSettings.DEREGISTER_AFTER));
        this.ofThisNode = ImmutableQueryOptions.builder()
                .filter("Meta." + Found.INSTANCE + " == \"" + node.node().instanceId() + "\"")
                .build();
        this.keeper = Thread.ofVirtual().name("consul registration").unstarted(this::keep);
    }

    @Override
    public synchronized Registration register(ServiceName name, URI address, String healthPath) {
        Registered service = new Registered(name, address, healthPath, this);
        services.add(service);
        if (!started) {
            started = true;
            keeper.start();
        }
        work.release();
        return service;
    }

    private void keep() {
        try {
            keepRegistered();
        } catch (InterruptedException e) {
            LOG.debug("{} ends", keeper.getName());
        }
    }

    private void keepRegistered() throws InterruptedException {
        boolean seenGone = true;
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                Collection<Service> there =
                        link.ask(() -> link.agent().getServices(ofThisNode).values());
                ensure(there, seenGone);
                seenGone = false;
                pause = FIRST_PAUSE;
                await(checks.interval());
            } catch (ConsulFailure e) {
                // What it refuses is nothing that it loses.
                seenGone = !e.refused();
                tellFailure(e, services);
                await(e.refused() ? checks.interval() : pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** A token may have the right to register one name and not another. */
    private void ensure(Collection<Service> there, boolean seenGone) throws ConsulFailure, InterruptedException {
        List<Registered> refused = new ArrayList<>();
        Optional<ConsulFailure> refusal = Optional.empty();
        for (Registered service : services) {
            try {
                service.ensure(link, node.node(), checks, there, seenGone).ifPresent(this::tell);
            } catch (ConsulFailure e) {
                if (!e.refused()) {
                    throw e;
                }
                refused.add(service);
                refusal = Optional.of(e);
            }
        }
        refusal.ifPresent(e -> tellFailure(e, refused));
    }

    /** Until there is something new to register, at most. */
    private void await(Duration time) throws InterruptedException {
        if (work.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            work.drainPermits();
        }
    }

    private void tellFailure(ConsulFailure failure, Collection<Registered> of) {
        String why = link.where() + " " + failure.getMessage();
        List<String> names = of.stream()
                .filter(service -> service.failed(why))
                .map(service -> service.name().value())
                .toList();
        if (!names.isEmpty()) {
            tell(why + ", so this node cannot be found by " + String.join(", ", names) + "; it is tried again"
                    + (failure.refused()
                            ? ". The token needs service \"…\" { policy = \"write\" } for each name and agent_prefix"
                                    + " \"\" { policy = \"read\" }."
                            : " until it answers."));
        }
    }

    private void tell(String message) {
        node.publish(new NodeEvent.Degraded(node.clock().instant(), "registration", message));
    }

    void deregister(Registered service) {
        services.remove(service);
        inBackground(() -> deregisterNow(service));
    }

    /** Returns whether it makes sense to go on with the next. */
    private boolean deregisterNow(Registered service) {
        try {
            service.deregister(link);
            return true;
        } catch (ConsulFailure e) {
            LOG.warn(
                    "{} could not be deregistered: {} {}. Its check will fail, and Consul then forgets it.",
                    service.name(),
                    link.where(),
                    e.getMessage());
            return e.refused();
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Whoever closes a node may be interrupted already, and nobody else would deregister it. */
    private void inBackground(Runnable task) {
        Thread thread = Thread.ofVirtual().name("consul deregistration").start(task);
        long end = System.nanoTime() + link.timeout().plusSeconds(1).toNanos();
        boolean interrupted = false;
        for (long left = end - System.nanoTime(); left > 0 && thread.isAlive(); left = end - System.nanoTime()) {
            try {
                thread.join(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        thread.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void deregisterAll() {
        for (Registered service : services) {
            if (!deregisterNow(service)) {
                return;
            }
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        keeper.interrupt();
        inBackground(this::deregisterAll);
        services.clear();
        link.close();
    }
}
