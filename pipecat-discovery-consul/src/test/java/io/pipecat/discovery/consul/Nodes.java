package io.pipecat.discovery.consul;

import io.pipecat.api.NodeEvent;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.testkit.Consul;
import io.pipecat.testkit.node.TestNode;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes that lean on a Consul. */
final class Nodes {
    private Nodes() {}

    static TestNode of(Consul consul) {
        return of(consul.host(), consul.port(), Map.of());
    }

    static TestNode of(Consul consul, Map<String, String> more) {
        return of(consul.host(), consul.port(), more);
    }

    static TestNode of(String host, int port, Map<String, String> more) {
        return of(host, port, more, Clock.systemUTC(), Clock.systemUTC());
    }

    static TestNode of(Consul consul, Clock clock) {
        return of(consul, clock, clock);
    }

    static TestNode of(Consul consul, Clock clock, Clock steadyClock) {
        return of(consul.host(), consul.port(), Map.of(), clock, steadyClock);
    }

    private static TestNode of(String host, int port, Map<String, String> more, Clock clock, Clock steadyClock) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("consul_host", host);
        settings.put("consul_port", Integer.toString(port));
        return TestNode.builder()
                .settings(settings)
                .clock(clock)
                .steadyClock(steadyClock)
                .build();
    }

    static List<String> uris(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::uri).map(URI::toString).sorted().toList();
    }

    static List<String> messages(TestNode node) {
        return node.events().stream().map(NodeEvent::message).toList();
    }
}
