package io.pipecat.launcher;

import io.pipecat.node.NodeSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A node that does nothing but run tools for others. */
@Command(
        name = "tool-server",
        mixinStandardHelpOptions = true,
        versionProvider = PipecatCommand.Version.class,
        description = "Run a node that only serves its tools to others; the same as 'serve' with --serve tools.",
        footer = {
            "",
            "Example: TOOL_SERVER_API_KEY=… pipecat tool-server --bind-address 0.0.0.0",
            "Settings: tool_server_port, tool_server_api_key, tool_server_allow, tool_server_rate_limit."
        })
final class ToolServerCommand implements Callable<Integer> {
    private final Launch launch;

    ToolServerCommand(Launch launch) {
        this.launch = launch;
    }

    @Override
    public Integer call() throws Exception {
        launch.set(NodeSettings.SERVE.name(), "tools");
        return new ServeCommand(launch).call();
    }
}
