/**
 * Serves the tools of this node at {@code /mcp} by the Model Context Protocol, streamable HTTP. It is found through its
 * {@link io.pipecat.api.http.EndpointProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.endpoint.mcp {
    requires io.pipecat.api;
    requires io.pipecat.json;

    provides io.pipecat.api.http.EndpointProvider with
            io.pipecat.endpoint.mcp.McpEndpointProvider;
}
