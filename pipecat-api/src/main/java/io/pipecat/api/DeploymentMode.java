package io.pipecat.api;

/** The switch for a node's defaults; setting {@code deployment_mode}, alias {@code node_role}. */
public enum DeploymentMode {
    /** Everything runs in this process and Consul is not asked. The default. */
    MONOLITH,
    /** The language model and the world model are the cluster's. */
    DISTRIBUTED
}
