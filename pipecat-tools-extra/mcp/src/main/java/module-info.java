/**
 * The tools of MCP servers (Model Context Protocol), programs of this machine or services over HTTP, as tools of a node. It is found
 * through its {@link io.pipecat.api.tool.ToolProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.tools.mcp {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires okhttp3;

    provides io.pipecat.api.tool.ToolProvider with
            io.pipecat.tools.mcp.McpToolProvider;
}
