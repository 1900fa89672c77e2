package io.pipecat.tools.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceDiscovery;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.tool.ToolException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** Where the tool server is: the override, else the setting, else what discovery knows. Thread-safe. */
final class Servers {
    private final NodeContext node;
    private final Optional<Secret> key;
    private final Map<HttpUrl, Boolean> itself = new ConcurrentHashMap<>();

    Servers(NodeContext node, Optional<Secret> key) {
        this.node = node;
        this.key = key;
    }

    /**
     * Returns an instance that was not tried.
     *
     * @throws ToolException if the lookup itself failed
     */
    Optional<Server> next(Set<HttpUrl> tried) throws ToolException, InterruptedException {
        Map<HttpUrl, Server> found = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        try {
            for (Endpoint endpoint : endpoints()) {
                try {
                    Server server = Server.of(endpoint, key);
                    found.putIfAbsent(server.base(), server);
                } catch (IllegalArgumentException e) {
                    problems.add("the address from " + endpoint.source() + ", " + e.getMessage());
                }
            }
        } catch (DiscoveryException e) {
            throw new ToolException(
                    ToolException.Reason.UNAVAILABLE, "The tool server could not be looked up: " + e.getMessage(), e);
        }
        if (found.isEmpty() && !problems.isEmpty()) {
            throw new ToolException(
                    ToolException.Reason.UNAVAILABLE,
                    "The tool server cannot be reached: " + String.join("; ", problems) + ".");
        }
        return found.values().stream()
                .filter(server -> !tried.contains(server.base()) && !isItself(server))
                .findFirst();
    }

    private List<Endpoint> endpoints() throws DiscoveryException, InterruptedException {
        ServiceDiscovery discovery = node.discovery();
        Optional<URI> url = node.settings().find(RemoteSettings.URL);
        if (url.isPresent() && node.settings().find(RemoteSettings.URL_OVERRIDE).isEmpty()) {
            return List.of(new Endpoint(
                    url.get(),
                    RemoteSettings.label(RemoteSettings.URL),
                    node.clock().instant()));
        }
        // find() spreads the calls; the list is for the case that its choice was tried already.
        List<Endpoint> endpoints = new ArrayList<>();
        discovery.find(ServiceName.TOOL_SERVER).ifPresent(endpoints::add);
        if (!endpoints.isEmpty()) {
            endpoints.addAll(discovery.findAll(ServiceName.TOOL_SERVER));
        }
        return endpoints;
    }

    /** What the answers of the current servers may be kept under: a cache of one server is not another's. */
    String identity() {
        return node.settings()
                .find(RemoteSettings.URL_OVERRIDE)
                .or(() -> node.settings().find(RemoteSettings.URL))
                .map(URI::toString)
                .orElse(ServiceName.TOOL_SERVER.value());
    }

    void failed(Server server) {
        node.discovery().reportFailure(ServiceName.TOOL_SERVER, server.endpoint());
    }

    /** Takes note of whether an instance turned out to be this node. */
    void identified(Server server, boolean isThisNode) {
        itself.put(server.base(), isThisNode);
    }

    boolean isIdentified(Server server) {
        return itself.containsKey(server.base());
    }

    boolean isItself(Server server) {
        return itself.getOrDefault(server.base(), false);
    }

    /** There is no instance at all. */
    ToolException none() {
        String where = itself.containsValue(true)
                ? "the only one that is known is this node itself"
                : "none is known (" + node.discovery().description() + ")";
        return new ToolException(
                ToolException.Reason.UNAVAILABLE,
                "There is no tool server to run it: " + where + ". Start one there, or set "
                        + RemoteSettings.label(RemoteSettings.URL_OVERRIDE) + " to its address.");
    }
}
