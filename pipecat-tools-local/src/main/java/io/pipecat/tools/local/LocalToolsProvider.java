package io.pipecat.tools.local;

import io.pipecat.api.NodeContext;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import io.pipecat.tools.local.calculator.CalculatorTool;
import io.pipecat.tools.local.clock.ClockTool;
import io.pipecat.tools.local.system.SystemTool;
import io.pipecat.tools.local.wol.WakeOnLanTool;

/**
 * Brings {@code calculator}, {@code clock}, {@code system} and {@code wol}. None of them holds anything open, and none has a setting.
 */
public final class LocalToolsProvider implements ToolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public LocalToolsProvider() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public ToolSource create(NodeContext context) {
        return ToolSource.of(
                Tool.annotated(new CalculatorTool()),
                Tool.annotated(new ClockTool(context.clock())),
                Tool.annotated(new SystemTool(context.node(), context.stateDir())),
                Tool.annotated(new WakeOnLanTool()));
    }
}
