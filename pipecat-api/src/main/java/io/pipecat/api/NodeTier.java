package io.pipecat.api;

/** What kind of machine a node is; setting {@code node_tier}. It decides what the node serves and how large its JVM is. */
public enum NodeTier {
    /** A small voice or chat front end; leans on a core node. */
    EDGE,
    /** Everything on one box, no network needed. */
    MID,
    /** Serves the cluster. */
    CORE
}
