package io.pipecat.api;

import java.util.List;

/**
 * How a node is wired at one moment.
 *
 * @param node what the node is
 * @param roles each role with what serves it, in a fixed order
 */
public record Topology(NodeInfo node, List<Role> roles) {

    /** Copies the roles. */
    public Topology {
        roles = List.copyOf(roles);
    }

    /**
     * A role and what serves it.
     *
     * @param role what is done: {@code llm}, {@code tool:calculator}, {@code world-model}, {@code endpoint:web}, …
     * @param implementation the provider's name, or {@code none}
     * @param detail what it works on: a URL, a model file, a version; may be empty
     * @param module the module (or on the class path the jar) that it comes from; empty if none
     * @param reason why this one, in words that name the setting
     * @param others what else was there and could have served
     */
    public record Role(
            String role, String implementation, String detail, String module, String reason, List<String> others) {

        /** Copies the alternatives. */
        public Role {
            others = List.copyOf(others);
        }
    }
}
