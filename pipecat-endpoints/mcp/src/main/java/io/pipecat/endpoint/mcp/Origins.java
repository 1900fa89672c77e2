package io.pipecat.endpoint.mcp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which web pages may call. A page from anywhere can have its name resolve to this machine (DNS rebinding), but it cannot lie about its
 * origin.
 *
 * @param allowed origins beside those of this machine
 */
record Origins(List<String> allowed) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    Origins {
        allowed =
                allowed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
    }

    boolean admits(String origin) {
        if (allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            return true;
        }
        try {
            URI uri = new URI(origin);
            return uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
