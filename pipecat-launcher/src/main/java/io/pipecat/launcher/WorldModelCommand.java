package io.pipecat.launcher;

import io.pipecat.node.NodeSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A node that does nothing but hold the state of the house for others. */
@Command(
        name = "world-model",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Run a node that only serves the state of the house to others; the same as 'serve' with --serve"
                + " world-model.",
        footer = {
            "",
            "Example: MQTT_HOST=broker WORLD_MODEL_API_KEY=… pipecat world-model --bind-address 0.0.0.0",
            "Then:    curl -H 'Authorization: Bearer …' http://this-host:5678/state",
            "Settings: world_model_port, world_model_api_key, mqtt_host, mqtt_topic, ontology_path, nomad_addr."
        })
final class WorldModelCommand implements Callable<Integer> {
    private final Launch launch;

    WorldModelCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        launch.set(NodeSettings.SERVE.name(), "world-model");
        return new ServeCommand(launch).call();
    }
}
