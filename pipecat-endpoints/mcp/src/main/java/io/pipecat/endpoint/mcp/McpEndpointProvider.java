package io.pipecat.endpoint.mcp;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.util.List;

/** Brings the service {@code mcp}: the tools of this node for clients that speak the Model Context Protocol. */
public final class McpEndpointProvider implements EndpointProvider {

    /** For {@link java.util.ServiceLoader}. */
    public McpEndpointProvider() {}

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return McpEndpointSettings.all();
    }

    @Override
    public int port(Settings settings) {
        return settings.get(McpEndpointSettings.PORT);
    }

    @Override
    public HttpEndpoint create(NodeContext context) {
        return new McpEndpoint(context);
    }
}
