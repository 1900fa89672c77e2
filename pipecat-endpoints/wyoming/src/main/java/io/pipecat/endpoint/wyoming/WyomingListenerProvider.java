package io.pipecat.endpoint.wyoming;

import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ListenerProvider;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import java.util.List;
import java.util.Optional;

/** Brings the service {@code wyoming}: this node as the conversation agent of a voice assistant. */
public final class WyomingListenerProvider implements ListenerProvider {

    /** For {@link java.util.ServiceLoader}. */
    public WyomingListenerProvider() {}

    @Override
    public String name() {
        return "wyoming";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return WyomingSettings.all();
    }

    @Override
    public int port(Settings settings) {
        return settings.get(WyomingSettings.PORT);
    }

    /** The protocol knows no keys: beyond loopback it is for {@code allow_unauthenticated} alone to let it out. */
    @Override
    public Optional<String> missingKeySetting(Settings settings) {
        return Optional.of("allow_unauthenticated=wyoming (the protocol has no key)");
    }

    @Override
    public Listener open(Binding binding, NodeContext context) throws ListenException {
        return WyomingListener.open(binding, context);
    }
}
