package io.pipecat.server;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.setting.SettingSpec;
import java.util.List;

/** Listens by the JDK's own HTTP server, one for each binding, each request on a virtual thread of its own. */
public final class JdkServerProvider implements ServerProvider {

    /** For {@link java.util.ServiceLoader}. */
    public JdkServerProvider() {}

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return ServerSettings.all();
    }

    @Override
    public Listener open(Binding binding, HttpEndpoint endpoint, NodeContext context) throws ListenException {
        JdkProperties.set(context.settings());
        return HttpListener.open(binding, endpoint, context);
    }
}
