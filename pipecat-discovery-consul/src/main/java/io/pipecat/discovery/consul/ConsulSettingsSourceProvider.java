package io.pipecat.discovery.consul;

import io.pipecat.api.NodeInfo;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import io.pipecat.api.setting.SettingsSource;
import io.pipecat.api.setting.SettingsSourceProvider;
import java.time.Duration;
import java.util.List;

/** Brings what a cluster shares in Consul's {@code config/app/settings}, one JSON object, and every change of it. */
public final class ConsulSettingsSourceProvider implements SettingsSourceProvider {
    /** Makes the provider, as {@link java.util.ServiceLoader} does. */
    public ConsulSettingsSourceProvider() {}

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return ConsulSettings.ALL;
    }

    @Override
    public boolean wanted(Settings settings) {
        return ConsulSettings.wanted(settings);
    }

    @Override
    public SettingsSource open(NodeInfo node, Settings settings, Duration patience)
            throws SettingsException, InterruptedException {
        SharedSettings source = new SharedSettings(new ConsulLink(settings), patience);
        boolean answered = false;
        try {
            source.awaitAnswer();
            answered = true;
            return source;
        } finally {
            if (!answered) {
                source.close();
            }
        }
    }
}
