/**
 * Serves the world model of this node to others: {@code GET /state}, {@code POST /state/<topic>}, {@code POST /command/<device>},
 * {@code GET /events} and the rest of the world model service. It is found through its {@link io.pipecat.api.http.EndpointProvider};
 * nothing here is called directly, so nothing is exported.
 */
module io.pipecat.endpoint.worldmodel {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires static transitive org.jspecify;
    requires org.slf4j;

    provides io.pipecat.api.http.EndpointProvider with
            io.pipecat.endpoint.worldmodel.WorldModelEndpointProvider;
}
