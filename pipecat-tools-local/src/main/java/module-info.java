/**
 * Tools that need nothing beyond the JDK and the operating system: {@code calculator}, {@code clock}, {@code summarizer}, {@code system}, {@code wol} and
 * {@code world_model}, which weigh nothing, and {@code code_runner}, {@code files}, {@code ansible} and {@code power}, which settings and installed programs decide on.
 * They are plain annotated classes, the way in which anybody writes a tool, and are found through their
 * {@link io.pipecat.api.tool.ToolProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.tools.local {
    requires io.pipecat.api;
    requires java.management;
    requires jdk.management;

    opens io.pipecat.tools.local.ansible to
            io.pipecat.api;
    opens io.pipecat.tools.local.calculator to
            io.pipecat.api;
    opens io.pipecat.tools.local.clock to
            io.pipecat.api;
    opens io.pipecat.tools.local.code to
            io.pipecat.api;
    opens io.pipecat.tools.local.files to
            io.pipecat.api;
    opens io.pipecat.tools.local.power to
            io.pipecat.api;
    opens io.pipecat.tools.local.summarizer to
            io.pipecat.api;
    opens io.pipecat.tools.local.system to
            io.pipecat.api;
    opens io.pipecat.tools.local.wol to
            io.pipecat.api;
    opens io.pipecat.tools.local.world to
            io.pipecat.api;

    provides io.pipecat.api.tool.ToolProvider with
            io.pipecat.tools.local.LocalToolsProvider,
            io.pipecat.tools.local.summarizer.SummarizerProvider;
}
