package io.pipecat.worldmodel.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.SettingValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.setting.SettingsException;
import java.util.Optional;

/**
 * Where the broker is and how it is spoken to.
 *
 * @param host its name or address
 * @param port its port
 * @param tls how it is trusted; empty without TLS
 * @param user by which name to log in
 * @param password with which password
 * @param qos the most that is asked of it for what it sends
 * @param version which MQTT; empty to find out
 */
record Broker(
        String host,
        int port,
        Optional<MqttClientSslConfig> tls,
        Optional<String> user,
        Optional<Secret> password,
        int qos,
        Optional<Version> version) {

    /** Which MQTT. */
    enum Version {
        MQTT_5("MQTT 5"),
        MQTT_3_1_1("MQTT 3.1.1");

        private final String text;

        Version(String text) {
            this.text = text;
        }

        Version other() {
            return this == MQTT_5 ? MQTT_3_1_1 : MQTT_5;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final int TLS_PORT = 8883;

    static Broker from(Settings settings) throws SettingsException {
        boolean tls = settings.get(MqttSettings.TLS);
        SettingValue<Integer> port = settings.describe(MqttSettings.PORT);
        if (settings.find(MqttSettings.CA).isPresent() && !tls) {
            throw new SettingsException(
                    "mqtt_ca is set but mqtt_tls is not, so the MQTT broker would be spoken to in the"
                            + " clear; set mqtt_tls to true, or unset mqtt_ca.");
        }
        Optional<String> user = settings.find(MqttSettings.USERNAME);
        Optional<Secret> password = settings.find(MqttSettings.PASSWORD);
        if (password.isPresent() && user.isEmpty()) {
            throw new SettingsException("mqtt_password is set but mqtt_username is not; set the user whose password it"
                    + " is, or unset it.");
        }
        for (String filter : settings.get(MqttSettings.TOPIC)) {
            Optional<String> fault = Filters.fault(filter);
            if (fault.isPresent()) {
                throw new SettingsException(
                        "mqtt_topic: '" + filter + "' is no topic filter: " + fault.get() + ". # means everything.");
            }
        }
        String host = settings.find(MqttSettings.HOST).orElseThrow().strip();
        if (host.contains("/") || host.isEmpty()) {
            throw new SettingsException(
                    "mqtt_host: '" + host + "' is no host; give a name or an address, without mqtt://"
                            + " and without a port (that is mqtt_port).");
        }
        return new Broker(
                host,
                tls && port.isDefault() ? TLS_PORT : port.value().orElseThrow(),
                tls ? Optional.of(Trust.config(settings.find(MqttSettings.CA))) : Optional.empty(),
                user,
                password,
                settings.get(MqttSettings.QOS),
                switch (settings.get(MqttSettings.VERSION)) {
                    case "5" -> Optional.of(Version.MQTT_5);
                    case "3.1.1" -> Optional.of(Version.MQTT_3_1_1);
                    default -> Optional.empty();
                });
    }

    /** Returns the address for messages. */
    String url() {
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return (tls.isPresent() ? "mqtts://" : "mqtt://") + bracketed + ":" + port;
    }
}
