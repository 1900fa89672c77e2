package io.pipecat.worldmodel.remote;

import io.pipecat.api.NodeContext;
import io.pipecat.api.discovery.DiscoveryException;
import io.pipecat.api.discovery.Endpoint;
import io.pipecat.api.discovery.ServiceName;
import io.pipecat.api.setting.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Where the service is: the override, else the setting, else what discovery knows. Thread-safe. */
final class Services {
    private static final Pattern IN_A_HEADER = Pattern.compile("[\\x21-\\x7e]+");

    private final NodeContext node;
    private final Set<HttpUrl> itself = ConcurrentHashMap.newKeySet();

    Services(NodeContext node) {
        this.node = node;
    }

    /**
     * Returns the instances to try, best first, without this node itself.
     *
     * @throws DiscoveryException if the lookup itself failed
     */
    List<Service> all() throws DiscoveryException, InterruptedException {
        Optional<Secret> key = key();
        Map<HttpUrl, Service> found = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints()) {
            Service.of(endpoint, key).ifPresent(service -> found.putIfAbsent(service.base(), service));
        }
        found.keySet().removeAll(itself);
        return List.copyOf(found.values());
    }

    private Optional<Secret> key() throws DiscoveryException {
        Optional<Secret> key = node.settings()
                .find(RemoteSettings.API_KEY)
                .map(keys -> keys.split().getFirst());
        if (key.filter(secret -> !IN_A_HEADER.matcher(secret.reveal()).matches())
                .isPresent()) {
            throw new DiscoveryException(
                    "WORLD_MODEL_API_KEY holds a character that no HTTP header may hold; take letters and digits",
                    null);
        }
        return key;
    }

    private List<Endpoint> endpoints() throws DiscoveryException, InterruptedException {
        Optional<URI> url = node.settings().find(RemoteSettings.URL);
        if (url.isPresent() && !node.settings().isSet(RemoteSettings.URL_OVERRIDE)) {
            String source = RemoteSettings.URL.name().toUpperCase(Locale.ROOT);
            return List.of(new Endpoint(url.get(), source, node.clock().instant()));
        }
        // find() spreads the nodes over the instances; the list is for the case that its choice does not work.
        List<Endpoint> endpoints = new ArrayList<>();
        node.discovery().find(ServiceName.WORLD_MODEL).ifPresent(endpoints::add);
        if (!endpoints.isEmpty()) {
            endpoints.addAll(node.discovery().findAll(ServiceName.WORLD_MODEL));
        }
        return endpoints;
    }

    void failed(Service service) {
        node.discovery().reportFailure(ServiceName.WORLD_MODEL, service.endpoint());
    }

    /** Takes note that an instance turned out to be this node. */
    void isThisNode(Service service) {
        itself.add(service.base());
    }

    /** Where it is looked for, for people. */
    String description() {
        return node.settings()
                .find(RemoteSettings.URL_OVERRIDE)
                .or(() -> node.settings().find(RemoteSettings.URL))
                .map(URI::toString)
                .orElseGet(() ->
                        ServiceName.WORLD_MODEL + " by " + node.discovery().description());
    }

    /** Why there is none, as a part of a sentence. */
    String none() {
        return itself.isEmpty()
                ? "none is known (" + node.discovery().description() + ")"
                : "the only one that is known is this node itself";
    }
}
