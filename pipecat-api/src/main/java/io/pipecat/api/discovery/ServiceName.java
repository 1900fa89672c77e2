package io.pipecat.api.discovery;

import java.util.Locale;

/**
 * The name of a service, as Consul has it.
 *
 * @param value lower-case letters, digits and {@code -}: {@code tool-server-api}
 */
public record ServiceName(String value) {
    /** The default language model of a cluster. */
    public static final ServiceName LLM = new ServiceName("llamacpp-rpc-api");
    /** The tool server of a cluster. */
    public static final ServiceName TOOL_SERVER = new ServiceName("tool-server-api");
    /** The world model service of a cluster. */
    public static final ServiceName WORLD_MODEL = new ServiceName("world-model-api");
    /** A node of this system. */
    public static final ServiceName NODE = new ServiceName("pipecat-app");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not a service name
     */
    public ServiceName {
        if (!value.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "a service name is up to 63 lower-case letters, digits and '-'; not '" + value + "'");
        }
    }

    /**
     * Returns the setting that overrides where this service is: a final {@code -api} dropped, {@code -} as {@code _},
     * and {@code _url_override} appended.
     *
     * @return such as {@code tool_server_url_override}
     */
    public String urlOverrideSetting() {
        String stem = value.endsWith("-api") ? value.substring(0, value.length() - "-api".length()) : value;
        return stem.replace('-', '_').toLowerCase(Locale.ROOT) + "_url_override";
    }

    @Override
    public String toString() {
        return value;
    }
}
