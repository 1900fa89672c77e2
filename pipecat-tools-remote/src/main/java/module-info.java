/**
 * Tools that run on a tool server, ours or the predecessor's: an agent sees the same {@link io.pipecat.api.tool.Tool}s wherever they run.
 * Found through its {@link io.pipecat.api.tool.ToolProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.tools.remote {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires okhttp3;

    provides io.pipecat.api.tool.ToolProvider with
            io.pipecat.tools.remote.RemoteToolsProvider;
}
