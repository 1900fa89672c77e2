package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import java.util.List;
import java.util.Optional;

/** Knows nobody: the address is a setting. */
final class NoDirectory implements ServiceDiscovery {
    @Override
    public Optional<Endpoint> find(ServiceName name) {
        return Optional.empty();
    }

    @Override
    public List<Endpoint> findAll(ServiceName name) {
        return List.of();
    }

    @Override
    public String description() {
        return "nowhere";
    }

    @Override
    public void close() {}
}
