package io.pipecat.tools.home;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.util.List;

/** Brings {@code orchestrator}. */
public final class OrchestratorProvider implements ToolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public OrchestratorProvider() {}

    @Override
    public String name() {
        return "orchestrator";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return OrchestratorSettings.ALL;
    }

    @Override
    public ToolSource create(NodeContext context) {
        return ToolSource.of(Tool.annotated(new OrchestratorTool(context, new Nomad(context.settings()))));
    }
}
