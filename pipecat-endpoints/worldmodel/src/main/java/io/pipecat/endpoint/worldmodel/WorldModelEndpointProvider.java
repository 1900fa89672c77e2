package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.world.WorldModel;
import java.util.List;

/** Serves the world model that this node holds. */
public final class WorldModelEndpointProvider implements EndpointProvider {

    /** For {@link java.util.ServiceLoader}. */
    public WorldModelEndpointProvider() {}

    @Override
    public String name() {
        return WorldModelSettings.SERVICE;
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return WorldModelSettings.all();
    }

    @Override
    public int port(Settings settings) {
        return WorldModelSettings.port(settings);
    }

    @Override
    public HttpEndpoint create(NodeContext context) throws SettingsException {
        WorldModel model = context.worldModel()
                .orElseThrow(() -> new SettingsException("serve names '" + name()
                        + "', but no jar on the path holds a world model; add pipecat-worldmodel, or take it out of"
                        + " serve."));
        return new WorldModelEndpoint(context, model, EventStream.Pace.USUAL);
    }
}
