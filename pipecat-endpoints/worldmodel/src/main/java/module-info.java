/** The state of the house, served to others. */
module io.pipecat.endpoint.worldmodel {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires static transitive org.jspecify;
}
