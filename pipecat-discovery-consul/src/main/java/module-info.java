/**
 * Addresses of services and shared settings from Consul, and the registration of what a node serves. Found through its providers; nothing
 * here is called directly, so nothing is exported. It is absent from a node that does not ask for Consul: no class of it is loaded beyond
 * the providers.
 */
module io.pipecat.discovery.consul {
    requires com.google.common;
    requires consul.client;
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires okhttp3;
    requires static transitive org.jspecify;

    provides io.pipecat.api.discovery.DiscoveryProvider with
            io.pipecat.discovery.consul.ConsulDiscoveryProvider;
    provides io.pipecat.api.setting.SettingsSourceProvider with
            io.pipecat.discovery.consul.ConsulSettingsSourceProvider;
}
