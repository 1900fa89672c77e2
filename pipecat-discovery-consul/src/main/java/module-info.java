/** Addresses of services and shared settings from Consul. */
module io.pipecat.discovery.consul {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires static transitive org.jspecify;
}
