package io.pipecat.tools.home;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.util.List;

/**
 * Brings {@code ha}. The tool is there while {@code ha_url} is set: without it a model would only be told about something that cannot
 * work, and a tool server's own {@code ha} would be hidden.
 */
public final class HomeAssistantProvider implements ToolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public HomeAssistantProvider() {}

    @Override
    public String name() {
        return "ha";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return HomeAssistantSettings.ALL;
    }

    @Override
    public ToolSource create(NodeContext context) {
        Settings settings = context.settings();
        Tool tool = Tool.annotated(new HomeAssistantTool(new HomeAssistant(settings)));
        List<Tool> offered = List.of(tool);
        return new ToolSource() {
            @Override
            public List<Tool> tools() {
                return settings.find(HomeAssistantSettings.URL).isPresent() ? offered : List.of();
            }

            @Override
            public void close() {
                tool.close();
            }
        };
    }
}
