package io.pipecat.system.failover;

import io.pipecat.api.NodeContext;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.DiscoveryProvider;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.discovery.ServiceRegistry;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows the instances that a test names, whether they work or not, and offers them in turn. */
public final class TwoHosts implements DiscoveryProvider {
    private static final SettingSpec<List<String>> HOSTS = SettingSpec.list("test_hosts")
            .defaultValue(List.of())
            .description("Addresses of language models.")
            .build();

    /** For {@link java.util.ServiceLoader}. */
    public TwoHosts() {}

    @Override
    public String name() {
        return "two-hosts";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return List.of(HOSTS);
    }

    @Override
    public boolean wanted(Settings settings) {
        return settings.isSet(HOSTS);
    }

    @Override
    public ServiceDiscovery create(NodeContext context) {
        List<Endpoint> all = context.settings().get(HOSTS).stream()
                .map(host -> new Endpoint(
                        URI.create("http://" + host), "a test", context.clock().instant()))
                .toList();
        AtomicInteger calls = new AtomicInteger();
        return new ServiceDiscovery() {
            @Override
            public Optional<Endpoint> find(ServiceName name) {
                return Optional.of(all.get(Math.floorMod(calls.getAndIncrement(), all.size())));
            }

            @Override
            public List<Endpoint> findAll(ServiceName name) {
                return new ArrayList<>(all);
            }

            @Override
            public String description() {
                return "a test";
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ServiceRegistry createRegistry(NodeContext context) throws DiscoveryException {
        throw new DiscoveryException("nothing is registered in this test", null);
    }
}
