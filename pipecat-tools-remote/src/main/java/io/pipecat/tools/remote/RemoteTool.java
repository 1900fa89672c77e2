package io.pipecat.tools.remote;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSpec;

/** A tool on the server. */
final class RemoteTool implements Tool {
    private final ToolSpec spec;
    private final ToolCaller caller;
    private final Runnable onStale;

    /**
     * Makes a proxy.
     *
     * @param spec what the server said that it offers
     * @param caller makes the calls
     * @param onStale told when the server turns out to offer something else
     */
    RemoteTool(ToolSpec spec, ToolCaller caller, Runnable onStale) {
        this.spec = spec;
        this.caller = caller;
        this.onStale = onStale;
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public JsonValue call(String method, JsonObject arguments, ToolContext context)
            throws ToolException, InterruptedException {
        try {
            return caller.call(spec.name(), method, arguments, context);
        } catch (ToolException e) {
            switch (e.reason()) {
                case UNKNOWN_TOOL, UNKNOWN_METHOD, NOT_OFFERED -> onStale.run();
                default -> {}
            }
            throw e;
        }
    }
}
