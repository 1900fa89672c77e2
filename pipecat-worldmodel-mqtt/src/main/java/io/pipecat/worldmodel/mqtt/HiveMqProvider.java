package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.NodeContext;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttProvider;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.util.List;

/** Connects by HiveMQ's client. Without {@code mqtt_host} nothing of it is loaded. */
public final class HiveMqProvider implements MqttProvider {
    /** For {@link java.util.ServiceLoader}. */
    public HiveMqProvider() {}

    @Override
    public String name() {
        return "hivemq";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return MqttSettings.all();
    }

    @Override
    public boolean wanted(Settings settings) {
        return settings.find(MqttSettings.HOST).isPresent();
    }

    @Override
    public MqttLink open(NodeContext context) throws SettingsException {
        return BrokerLink.open(Broker.from(context.settings()), context);
    }
}
