package io.pipecat.tools.remote;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.tool.Tool;
import io.pipecat.testkit.node.TestNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Another node that serves tools: the endpoint and the server that a node finds on its path. */
final class RealServer implements AutoCloseable {
    private final HttpEndpoint endpoint;
    private final Listener listener;

    RealServer(int port, Map<String, String> settings, Object tool) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("tool_server_api_key", "testkey", "access_log", "false"));
        all.putAll(settings);
        TestNode node = TestNode.builder()
                .instanceId("fedcba9876543210")
                .settings(all)
                .clock(Clock.systemUTC())
                .tools(Tool.annotated(tool))
                .build();
        endpoint = ServiceLoader.load(EndpointProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("tools"))
                .findFirst()
                .orElseThrow()
                .create(node);
        listener = ServiceLoader.load(ServerProvider.class)
                .findFirst()
                .orElseThrow()
                .open(
                        new Binding("tools", new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                        endpoint,
                        node);
    }

    RealServer(Object tool) throws Exception {
        this(0, Map.of(), tool);
    }

    URI base() {
        return listener.address();
    }

    void drain() throws InterruptedException {
        listener.drain(Duration.ofMillis(10));
    }

    @Override
    public void close() {
        listener.close();
        endpoint.close();
    }
}
