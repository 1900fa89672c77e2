package io.pipecat.llm.local.chat;

/**
 * One turn of a prompt.
 *
 * @param role who speaks
 * @param text what is said, free of control tokens
 */
public record Turn(Role role, String text) {

    /** Who speaks. */
    public enum Role {
        /** Instructions. */
        SYSTEM,
        /** The list of functions, where a template has a place of its own for it. */
        TOOLS,
        /** The user. */
        USER,
        /** The model. */
        ASSISTANT,
        /** The result of a call. */
        TOOL
    }
}
