/**
 * The roles of a node, the values between them, and what it takes to provide one. No third-party type appears in a signature; the
 * logging facade is passed on so that every module logs the same way.
 */
@SuppressWarnings("module") // the modules that alone see the shared package are compiled after this one
module io.pipecat.api {
    requires transitive org.slf4j;
    requires static transitive org.jspecify;

    exports io.pipecat.api;
    exports io.pipecat.api.discovery;
    exports io.pipecat.api.http;
    exports io.pipecat.api.json;
    exports io.pipecat.api.llm;
    exports io.pipecat.api.model;
    exports io.pipecat.api.mqtt;
    exports io.pipecat.api.setting;
    exports io.pipecat.api.tool;
    exports io.pipecat.api.shared to
            io.pipecat.endpoint.tools,
            io.pipecat.endpoint.web,
            io.pipecat.llm.openai,
            io.pipecat.tools.mcp,
            io.pipecat.tools.remote,
            io.pipecat.worldmodel;
    exports io.pipecat.api.world;
}
