/**
 * The conversation between a person, a language model and tools: {@link io.pipecat.agent.Conversation} runs the turns, the tool calls,
 * approvals, compaction and interruption. It knows roles only; which model and which tools they are is the node's business.
 */
module io.pipecat.agent {
    requires transitive io.pipecat.api;
    requires io.pipecat.json;
    requires static transitive org.jspecify;

    exports io.pipecat.agent;
}
