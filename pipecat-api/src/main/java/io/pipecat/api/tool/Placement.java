package io.pipecat.api.tool;

/** Whether a tool is worth moving to another node. */
public enum Placement {
    /** Costs nothing; always runs in the node that asks. */
    LIGHT,
    /** Runs where {@code TOOL_EXECUTION_MODE} says. */
    NORMAL,
    /** Takes memory, time or other programs; runs where {@code HEAVY_TOOLS_MODE} says. */
    HEAVY
}
