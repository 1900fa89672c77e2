/** The connection to an MQTT broker, by HiveMQ's client. */
module io.pipecat.worldmodel.mqtt {
    requires com.hivemq.client.mqtt;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.pipecat.api;
    requires io.reactivex.rxjava2;
    requires static transitive org.jspecify;

    provides io.pipecat.api.mqtt.MqttProvider with
            io.pipecat.worldmodel.mqtt.HiveMqProvider;
}
