package io.pipecat.api.tool;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Provider;

/** Brings tools to a node. */
public interface ToolProvider extends Provider {

    /**
     * Returns whether the tools run outside this node. Where a tool is to be had both here and elsewhere, the settings
     * choose by its {@link Placement}.
     *
     * @return whether they are proxies; by default not
     */
    default boolean remote() {
        return false;
    }

    /**
     * Makes the tools. Contacts nothing: a tool server that is away must not keep the node from starting.
     *
     * @param context the node; its {@code tools()} are not there yet
     * @return the tools, closed by the node
     * @throws ToolException if the configuration makes them impossible; says which setting and what to do
     */
    ToolSource create(NodeContext context) throws ToolException;
}
