/**
 * Finds the providers on the path, picks one for each role by the settings, and wires them into a node. What an
 * application uses that embeds one; it never reads the environment and never exits the JVM.
 */
module io.pipecat.node {
    requires transitive io.pipecat.agent;
    requires transitive io.pipecat.api;
    requires io.pipecat.json;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    exports io.pipecat.node;

    uses io.pipecat.api.discovery.DiscoveryProvider;
    uses io.pipecat.api.http.EndpointProvider;
    uses io.pipecat.api.http.ListenerProvider;
    uses io.pipecat.api.http.ServerProvider;
    uses io.pipecat.api.llm.LLMProvider;
    uses io.pipecat.api.model.BundledModel;
    uses io.pipecat.api.mqtt.MqttProvider;
    uses io.pipecat.api.setting.SettingsSourceProvider;
    uses io.pipecat.api.tool.ToolProvider;
    uses io.pipecat.api.world.WorldConnectorProvider;
    uses io.pipecat.api.world.WorldModelProvider;
}
