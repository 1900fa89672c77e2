/** The state of the house, kept in this process or read from the cluster. */
module io.pipecat.worldmodel {
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires static transitive org.jspecify;
}
