package io.pipecat.endpoint.tools;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.util.List;

/** Serves the tools that run in this node. */
public final class ToolsEndpointProvider implements EndpointProvider {

    /** For {@link java.util.ServiceLoader}. */
    public ToolsEndpointProvider() {}

    @Override
    public String name() {
        return "tools";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return ToolServerSettings.all();
    }

    @Override
    public int port(Settings settings) {
        return settings.get(ToolServerSettings.PORT);
    }

    @Override
    public HttpEndpoint create(NodeContext context) {
        return new ToolsEndpoint(context);
    }
}
