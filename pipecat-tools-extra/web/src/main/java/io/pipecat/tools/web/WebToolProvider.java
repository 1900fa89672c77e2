package io.pipecat.tools.web;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.util.List;

/** Brings {@code web}. */
public final class WebToolProvider implements ToolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public WebToolProvider() {}

    @Override
    public String name() {
        return "web";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return WebSettings.ALL;
    }

    @Override
    public ToolSource create(NodeContext context) {
        Fetcher fetcher =
                new Fetcher(Network.SYSTEM, context.settings(), context.node().version());
        return ToolSource.of(Tool.annotated(new WebTool(fetcher, context.settings())));
    }
}
