package io.pipecat.discovery.consul;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Hosts and ports as parts of a URL. */
final class Addresses {
    private Addresses() {}

    /** Host and port for people, an IPv6 address in brackets. */
    static String authority(String host, int port) {
        return bracketed(host) + ":" + port;
    }

    /** Makes a base address; empty if the host or the port can be none. */
    static Optional<URI> uri(String scheme, String host, int port) {
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(scheme, null, bracketed(host), port, null, null, null);
            // A host that is none makes a URI without one, which is no error in itself.
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
