/**
 * The face of a node: its web UI, the API behind it, and the gateway by which other programs talk to its assistant. It is found through
 * its {@link io.pipecat.api.http.EndpointProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.endpoint.web {
    requires io.pipecat.agent;
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires static transitive org.jspecify;
    requires org.slf4j;

    provides io.pipecat.api.http.EndpointProvider with
            io.pipecat.endpoint.web.WebEndpointProvider;
}
