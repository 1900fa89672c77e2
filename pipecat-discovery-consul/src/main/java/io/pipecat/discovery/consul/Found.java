package io.pipecat.discovery.consul;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kiwiproject.consul.model.health.Service;
import org.kiwiproject.consul.model.health.ServiceHealth;

/**
 * What Consul lists under one name, as addresses.
 *
 * @param addresses of others, in a fixed order: Consul's own is another one each time
 * @param own whether this node is among what is listed
 * @param unusable what is listed without an address that can be
 */
record Found(List<URI> addresses, boolean own, List<String> unusable) {
    /** The key in a service's meta data that holds the instance id of the node behind it. */
    static final String INSTANCE = "pipecat_instance";

    /** The key that holds {@code https} where a service speaks that. */
    static final String SCHEME = "scheme";

    static final Found NOTHING = new Found(List.of(), false, List.of());

    private static final Set<String> SCHEMES = Set.of("http", "https");

    Found {
        addresses = List.copyOf(addresses);
        unusable = List.copyOf(unusable);
    }

    static Found of(List<ServiceHealth> instances, String ownInstance) {
        TreeSet<URI> addresses = new TreeSet<>();
        List<String> unusable = new ArrayList<>();
        boolean own = false;
        for (ServiceHealth instance : instances) {
            Service service = instance.getService();
            if (ownInstance.equals(service.getMeta().get(INSTANCE))) {
                own = true;
                continue;
            }
            String host = service.getAddress().isBlank() ? instance.getNode().getAddress() : service.getAddress();
            String scheme = service.getMeta().getOrDefault(SCHEME, "http");
            Optional<URI> uri =
                    Addresses.uri(SCHEMES.contains(scheme) ? scheme : "http", host.strip(), service.getPort());
            if (uri.isPresent()) {
                addresses.add(uri.get());
            } else {
                unusable.add("'" + service.getId() + "' at '" + Addresses.authority(host, service.getPort()) + "'");
            }
        }
        return new Found(List.copyOf(addresses), own, unusable);
    }
}
