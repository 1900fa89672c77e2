/** The small model that a node answers with when nothing is configured, as a file in a jar. */
module io.pipecat.model.builtin {
    requires transitive io.pipecat.api;

    exports io.pipecat.model.builtin;

    provides io.pipecat.api.model.BundledModel with
            io.pipecat.model.builtin.BuiltinModel;
}
