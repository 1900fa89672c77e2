import io.pipecat.api.tool.ToolProvider;
import io.pipecat.tools.home.HomeAssistantProvider;
import io.pipecat.tools.home.OrchestratorProvider;

/**
 * The tools that ask the services of the house by HTTP: {@code ha} (Home Assistant) and {@code orchestrator} (batch jobs on the cluster's
 * Nomad). They are found through their {@link ToolProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.tools.home {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires java.net.http;
    requires static org.jspecify;

    opens io.pipecat.tools.home to
            io.pipecat.api;

    provides ToolProvider with
            HomeAssistantProvider,
            OrchestratorProvider;
}
