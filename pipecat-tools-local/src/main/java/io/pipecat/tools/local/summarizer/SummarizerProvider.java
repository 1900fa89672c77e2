package io.pipecat.tools.local.summarizer;

import io.pipecat.api.NodeContext;
import io.pipecat.api.setting.SettingSpec;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSource;
import java.util.List;

/** Brings {@code summarizer} while {@code use_summarizer} says so. */
public final class SummarizerProvider implements ToolProvider {
    static final SettingSpec<Boolean> USE_SUMMARIZER = SettingSpec.bool("use_summarizer")
            .defaultValue(true)
            .description("Whether models may have conversations summarised by the tool summarizer.")
            .live()
            .build();

    /** For {@link java.util.ServiceLoader}. */
    public SummarizerProvider() {}

    @Override
    public String name() {
        return "summarizer";
    }

    @Override
    public List<SettingSpec<?>> settings() {
        return List.of(USE_SUMMARIZER);
    }

    @Override
    public ToolSource create(NodeContext context) {
        Settings settings = context.settings();
        List<Tool> offered = List.of(Tool.annotated(new SummarizerTool(context)));
        return new ToolSource() {
            @Override
            public List<Tool> tools() {
                return settings.get(USE_SUMMARIZER) ? offered : List.of();
            }

            @Override
            public void close() {}
        };
    }
}
