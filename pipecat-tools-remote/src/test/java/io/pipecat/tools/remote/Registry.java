package io.pipecat.tools.remote;

import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.testkit.node.TestNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Finds the instances that a test names, and keeps what is reported of them. */
final class Registry implements ServiceDiscovery {
    final List<Endpoint> failed = new CopyOnWriteArrayList<>();
    private final List<Endpoint> registered;

    Registry(String source, URI... instances) {
        this.registered = List.of(instances).stream()
                .map(uri -> new Endpoint(uri, source, TestNode.NOW))
                .toList();
    }

    @Override
    public Optional<Endpoint> find(ServiceName name) {
        return registered.stream().findFirst();
    }

    @Override
    public List<Endpoint> findAll(ServiceName name) {
        return registered;
    }

    @Override
    public void reportFailure(ServiceName name, Endpoint endpoint) {
        failed.add(endpoint);
    }

    @Override
    public String description() {
        return "a test";
    }

    @Override
    public void close() {}
}
