package io.pipecat.endpoint.openai;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.util.List;

/** Brings the service {@code llm}: the language model of this node, and the whole agent, for every OpenAI client. */
public final class OpenAIEndpointProvider implements EndpointProvider {

    /** For {@link java.util.ServiceLoader}. */
    public OpenAIEndpointProvider() {}

    @Override
    public String name() {
        return "llm";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return OpenAIEndpointSettings.all();
    }

    @Override
    public int port(Settings settings) {
        return settings.get(OpenAIEndpointSettings.PORT);
    }

    @Override
    public HttpEndpoint create(NodeContext context) {
        return new OpenAIEndpoint(context);
    }
}
