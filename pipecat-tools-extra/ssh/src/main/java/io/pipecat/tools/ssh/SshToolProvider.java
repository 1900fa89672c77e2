package io.pipecat.tools.ssh;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.util.List;

/** Brings {@code ssh}. The client and its threads come into being with the first call. */
public final class SshToolProvider implements ToolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public SshToolProvider() {}

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return SshSettings.ALL;
    }

    @Override
    public ToolSource create(NodeContext context) {
        return ToolSource.of(Tool.annotated(new SshTool(SshSettings.of(context.settings()))));
    }
}
