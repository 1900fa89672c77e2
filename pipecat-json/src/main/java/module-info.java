/** Reads JSON text into the api's values, writes it for people, and checks values against a schema. */
// Those two are built after this one.
@SuppressWarnings("module")
module io.pipecat.json {
    requires transitive io.pipecat.api;
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;
    // There where it is needed: those that see the package for YAML require it themselves.
    requires static org.snakeyaml.engine;

    exports io.pipecat.json;
    exports io.pipecat.json.yaml to
            io.pipecat.node,
            io.pipecat.worldmodel;
}
