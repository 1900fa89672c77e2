/**
 * Serves the tools of this node to others: {@code POST /run_tool/}, {@code GET /tools/}, {@code DELETE /run_tool/<id>}. It is found
 * through its {@link io.pipecat.api.http.EndpointProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.endpoint.tools {
    requires io.pipecat.api;
    requires io.pipecat.json;

    provides io.pipecat.api.http.EndpointProvider with
            io.pipecat.endpoint.tools.ToolsEndpointProvider;
}
