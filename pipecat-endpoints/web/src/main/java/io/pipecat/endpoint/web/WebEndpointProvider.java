package io.pipecat.endpoint.web;

import io.pipecat.api.NodeContext;
import io.pipecat.api.PipecatException;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.util.List;

/** Serves the web UI of this node, its API and the gateway. */
public final class WebEndpointProvider implements EndpointProvider {

    /** For {@link java.util.ServiceLoader}. */
    public WebEndpointProvider() {}

    @Override
    public String name() {
        return WebSettings.SERVICE;
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return WebSettings.all();
    }

    @Override
    public int port(Settings settings) {
        return settings.get(WebSettings.PORT);
    }

    @Override
    public HttpEndpoint create(NodeContext context) throws PipecatException {
        return new WebEndpoint(context, Pace.USUAL);
    }
}
