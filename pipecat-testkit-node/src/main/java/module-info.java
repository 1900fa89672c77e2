/** A node for tests of its parts. Only test code depends on it; no node ever carries it. */
module io.pipecat.testkit.node {
    requires transitive io.pipecat.api;
    requires static transitive org.jspecify;

    exports io.pipecat.testkit.node;
}
