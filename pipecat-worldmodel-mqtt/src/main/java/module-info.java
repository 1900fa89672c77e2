/** The connection to an MQTT broker. */
module io.pipecat.worldmodel.mqtt {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires static transitive org.jspecify;
}
