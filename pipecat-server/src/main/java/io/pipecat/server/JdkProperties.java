package io.pipecat.server;

import io.pipecat.api.setting.Settings;

/**
 * The limits of the JDK's server, which it takes from system properties, and those once: of several nodes in one process, the
 * first that listens decides. A property that somebody set is left as it is.
 */
final class JdkProperties {
    /** Whoever is refused while still sending hears why only if what is under way is read; on loopback that is at once. */
    private static final long DRAIN_BYTES = 8 << 20;

    private JdkProperties() {}

    static void set(Settings settings) {
        long receiveSeconds = settings.get(ServerSettings.RECEIVE_TIMEOUT).toSeconds();
        int maxConnections = settings.get(ServerSettings.MAX_CONNECTIONS);
        // Without it, Nagle's algorithm and delayed acknowledgements add 40 ms to many an answer.
        setIfUnset("sun.net.httpserver.nodelay", "true");
        setIfUnset("sun.net.httpserver.maxReqTime", String.valueOf(receiveSeconds));
        setIfUnset(
                "sun.net.httpserver.idleInterval",
                String.valueOf(settings.get(ServerSettings.IDLE_TIMEOUT).toSeconds()));
        setIfUnset("jdk.httpserver.maxConnections", String.valueOf(maxConnections));
        setIfUnset("sun.net.httpserver.maxIdleConnections", String.valueOf(maxConnections));
        setIfUnset(
                "sun.net.httpserver.maxReqHeaderSize", String.valueOf(settings.get(ServerSettings.MAX_HEADER_BYTES)));
        setIfUnset("sun.net.httpserver.drainAmount", String.valueOf(DRAIN_BYTES));
    }

    private static void setIfUnset(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
