/** An application that embeds a node. */
module example.embed {
    requires io.pipecat.node;

    // Tools are called by reflection.
    opens example.embed to
            io.pipecat.api;
}
