/** Reads JSON text into the api's values, writes it for people, and checks values against a schema. */
module io.pipecat.json {
    requires transitive io.pipecat.api;
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports io.pipecat.json;
}
