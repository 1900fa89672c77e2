package io.pipecat.discovery.consul;

import io.pipecat.api.Metrics;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.kiwiproject.consul.model.health.HealthCheck;
import org.kiwiproject.consul.model.health.ServiceHealth;

/**
 * Finds the healthy instances that Consul lists. A name is watched from its first use on, however long nobody asks for it: what is
 * known of it is needed when Consul is away.
 */
final class ConsulDiscovery implements ServiceDiscovery {
    /** Consul takes 200 connections from one machine, of which each name takes one: beyond this, the one that was not asked for longest gives its back. */
    private static final int MOST_NAMES = 100;

    private final NodeContext node;
    private final ConsulLink link;
    private final Map<ServiceName, WatchedService> services = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<String>> outage = new AtomicReference<>(Optional.empty());
    private final List<Subscription> gauges;
    private volatile boolean closed;

    ConsulDiscovery(NodeContext node, ConsulLink link) {
        this.node = node;
        this.link = link;
        Metrics metrics = node.metrics();
        this.gauges = List.of(
                metrics.gauge(
                        "pipecat_discovery_up",
                        "Whether discovery answers: 0 while last known addresses are used.",
                        Map.of(),
                        () -> outage.get().isEmpty() ? 1 : 0),
                metrics.gauge("pipecat_discovery_watches", "Names that are watched.", Map.of(), services::size));
    }

    @Override
    public Optional<Endpoint> find(ServiceName name) throws DiscoveryException, InterruptedException {
        WatchedService service = watched(name);
        WatchedService.Known known = known(name, service);
        return service.next(known.found()).map(uri -> endpoint(uri, known));
    }

    @Override
    public List<Endpoint> findAll(ServiceName name) throws DiscoveryException, InterruptedException {
        WatchedService service = watched(name);
        WatchedService.Known known = known(name, service);
        return service.order(known.found()).stream()
                .map(uri -> endpoint(uri, known))
                .toList();
    }

    private Endpoint endpoint(URI uri, WatchedService.Known known) {
        return new Endpoint(uri, link.where(), known.asOf());
    }

    private WatchedService.Known known(ServiceName name, WatchedService service)
            throws DiscoveryException, InterruptedException {
        boolean outcome = service.awaitOutcome(link.timeout().plusSeconds(1));
        Optional<WatchedService.Known> known = service.known();
        if (known.isEmpty()) {
            String why = service.failure().map(ConsulFailure::getMessage).orElse("has not answered yet");
            throw new DiscoveryException(
                    name + " cannot be looked up: " + link.where() + " "
                            + (outcome ? why : "does not answer in time (CONSUL_TIMEOUT)") + "; start it there, or set "
                            + link.setting() + " to where it is, or "
                            + name.urlOverrideSetting().toUpperCase(java.util.Locale.ROOT)
                            + " to the address of the service",
                    service.failure().orElse(null));
        }
        return known.get();
    }

    private WatchedService watched(ServiceName name) throws DiscoveryException {
        WatchedService service = services.get(name);
        if (service == null) {
            makeRoom();
        }
        service = services.compute(name, (key, existing) -> existing == null ? watch(key) : touched(existing));
        if (closed) {
            service.close();
            throw new DiscoveryException(name + " cannot be looked up: this node is being closed", null);
        }
        return service;
    }

    private static WatchedService touched(WatchedService service) {
        service.touch();
        return service;
    }

    private WatchedService watch(ServiceName name) {
        WatchedService service = new WatchedService(name, link, node, new WatchedService.Contact() {
            @Override
            public void there() {
                isThere();
            }

            @Override
            public void away(ConsulFailure failure) {
                isAway(failure);
            }
        });
        service.start();
        return service;
    }

    private void makeRoom() {
        while (services.size() >= MOST_NAMES) {
            services.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().lastAsked()))
                    .ifPresent(oldest -> {
                        services.remove(oldest.getKey(), oldest.getValue());
                        oldest.getValue().close();
                    });
        }
    }

    private void isAway(ConsulFailure failure) {
        if (outage.compareAndSet(Optional.empty(), Optional.of(failure.getMessage()))) {
            node.publish(new NodeEvent.Degraded(
                    node.clock().instant(),
                    "discovery",
                    link.where() + " " + failure.getMessage()
                            + "; addresses that are known from before stay in use, and it is asked again until it"
                            + " answers."));
        }
    }

    private void isThere() {
        if (outage.getAndSet(Optional.empty()).isPresent()) {
            node.publish(new NodeEvent.RoleSwitched(
                    node.clock().instant(),
                    "discovery",
                    "what was known before",
                    link.where(),
                    link.where() + " answers again."));
        }
    }

    @Override
    public void reportFailure(ServiceName name, Endpoint endpoint) {
        WatchedService service = services.get(name);
        if (service != null) {
            service.failed(endpoint.uri());
        }
    }

    @Override
    public String absence(ServiceName name) throws InterruptedException {
        WatchedService service = services.get(name);
        Optional<ConsulFailure> failure = service == null ? Optional.empty() : service.failure();
        if (failure.isPresent()) {
            return link.where() + " " + failure.get().getMessage();
        }
        try {
            return describe(
                    name,
                    link.ask(() ->
                            link.health().getAllServiceInstances(name.value()).getResponse()));
        } catch (ConsulFailure e) {
            return link.where() + " " + e.getMessage();
        }
    }

    private String describe(ServiceName name, List<ServiceHealth> all) {
        String answers = link.where() + " answers, but ";
        if (all.isEmpty()) {
            return answers + "knows no instance of " + name
                    + (link.hasToken() ? " that its token may see (service_prefix \"\" { policy = \"read\" })" : "");
        }
        List<ServiceHealth> passing = all.stream()
                .filter(instance -> instance.getChecks().stream().allMatch(c -> isPassing(c)))
                .toList();
        Found found = Found.of(passing, node.node().instanceId());
        if (found.own() && found.addresses().isEmpty() && found.unusable().isEmpty()) {
            return answers + "the only instance of " + name + " is this node itself";
        }
        if (!found.unusable().isEmpty() && found.addresses().isEmpty()) {
            return answers + "lists " + name + " without a port or an address: " + String.join(", ", found.unusable());
        }
        int failing = all.size() - passing.size();
        return passing.isEmpty()
                ? answers + "no instance of " + name + " is passing; " + failing + " critical"
                : link.where() + " lists " + found.addresses().size() + " of " + name;
    }

    private static boolean isPassing(HealthCheck check) {
        return check.getStatus().equals("passing");
    }

    @Override
    public String description() {
        return link.where();
    }

    @Override
    public void close() {
        closed = true;
        services.values().forEach(WatchedService::close);
        gauges.forEach(Subscription::close);
        link.close();
    }
}
