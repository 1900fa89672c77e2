package io.pipecat.discovery.consul;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.discovery.ServiceRegistry.Registration;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kiwiproject.consul.model.agent.ImmutableRegCheck;
import org.kiwiproject.consul.model.agent.ImmutableRegistration;
import org.kiwiproject.consul.model.health.Service;

/** One service of this node that Consul is to know. */
final class Registered implements Registration {
    private final ServiceName name;
    private final URI listening;
    private final String healthPath;
    private final ConsulRegistry registry;
    private volatile String state = "not registered yet";
    /** Where others find it; known as soon as Consul may have it. */
    private @Nullable URI at;

    /** Known as soon as Consul may have it. */
    private @Nullable String id;

    /** Whether Consul said that it has it. */
    private boolean confirmed;

    private boolean closed;

    Registered(ServiceName name, URI listening, String healthPath, ConsulRegistry registry) {
        this.name = name;
        this.listening = listening;
        this.healthPath = healthPath;
        this.registry = registry;
    }

    ServiceName name() {
        return name;
    }

    @Override
    public String state() {
        return state;
    }

    /** Tells why it is not registered; returns whether that is news. */
    boolean failed(String why) {
        String now = "not registered: " + why;
        boolean news = !now.equals(state);
        state = now;
        return news;
    }

    /**
     * Registers it if it is not among what is there.
     *
     * @param there what Consul has of this node
     * @param seenGone whether Consul was away since the last time, which explains why it may have lost it
     * @return what is worth telling the operator
     */
    synchronized Optional<String> ensure(
            ConsulLink link, NodeInfo node, Checks checks, Collection<Service> there, boolean seenGone)
            throws ConsulFailure, InterruptedException {
        if (closed) {
            return Optional.empty();
        }
        String registeredAs = id;
        if (registeredAs != null && there.stream().anyMatch(s -> s.getId().equals(registeredAs))) {
            confirm();
            return Optional.empty();
        }
        AdvertisedAddress address = AdvertisedAddress.of(listening, link);
        if (address.uri().isEmpty()) {
            return failed(address.why())
                    ? Optional.of(name + " is not registered in " + link.where() + ": " + address.why() + ".")
                    : Optional.empty();
        }
        URI uri = address.uri().get();
        boolean removed = confirmed && !seenGone;
        ImmutableRegistration registration = registration(uri, node, checks, removed);
        id = registration.getId();
        at = uri;
        confirmed = false;
        link.ask(() -> {
            link.agent().register(registration);
            return true;
        });
        confirm();
        return removed
                ? Optional.of(link.where() + " had removed " + state + ", as it does where its check of "
                        + uri.resolve(healthPath) + " fails for long; it is registered again, and used once that check"
                        + " passes.")
                : Optional.empty();
    }

    private void confirm() {
        confirmed = true;
        state = name + " at " + at;
    }

    /**
     * How Consul finds out whether a service works.
     *
     * @param interval how often it asks
     * @param deregisterAfter how long it may fail before Consul forgets it
     */
    record Checks(Duration interval, Duration deregisterAfter) {
        /** Whatever the interval: a machine that is busy is not to come and go. */
        private static final Duration TIMEOUT = Duration.ofSeconds(5);

        private static String text(Duration duration) {
            return duration.toMillis() + "ms";
        }
    }

    private ImmutableRegistration registration(URI uri, NodeInfo node, Checks checks, boolean doubtful) {
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        boolean tls = "https".equals(uri.getScheme());
        return ImmutableRegistration.builder()
                // The same for the next process at this address, whose registration so replaces that of one that
                // crashed.
                .id(name + "-" + host.replaceAll("[^A-Za-z0-9.-]", "-") + "-" + uri.getPort())
                .name(name.value())
                .address(host)
                .port(uri.getPort())
                .meta(Map.of(
                        Found.INSTANCE,
                        node.instanceId(),
                        Found.SCHEME,
                        tls ? "https" : "http",
                        "pipecat_node",
                        node.name(),
                        "pipecat_version",
                        node.version()))
                .check(ImmutableRegCheck.builder()
                        .name(name + " " + healthPath)
                        .http(uri.resolve(healthPath).toString())
                        .interval(Checks.text(checks.interval()))
                        .timeout(Checks.text(Checks.TIMEOUT))
                        .deregisterCriticalServiceAfter(Checks.text(checks.deregisterAfter()))
                        // It is asked for no secret, and shows a certificate that a cluster signed for itself.
                        .tlsSkipVerify(tls)
                        // It serves already; Consul would leave it out until its first check, which it puts off.
                        .status(doubtful ? "critical" : "passing")
                        .build())
                .build();
    }

    /** Takes it out of Consul, if it may be there. */
    synchronized void deregister(ConsulLink link) throws ConsulFailure, InterruptedException {
        closed = true;
        String registeredAs = id;
        id = null;
        state = "no longer registered";
        if (registeredAs != null) {
            try {
                link.ask(() -> {
                    link.agent().deregister(registeredAs);
                    return true;
                });
            } catch (ConsulFailure e) {
                // What was never confirmed is most likely not there.
                if (confirmed) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        registry.deregister(this);
    }
}
