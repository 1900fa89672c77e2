package io.pipecat.api.llm;

import io.pipecat.api.NodeContext;
import io.pipecat.api.Provider;
import java.util.List;

/** Makes language models of some kinds of source. */
public interface LLMProvider extends Provider {

    /**
     * Returns whether this provider can serve a kind of source. Looks at the source only and does no work.
     *
     * @param source where the model is to come from
     * @return whether {@link #create} would take it
     */
    boolean supports(LLMSource source);

    /**
     * Returns the hosted services that this provider has presets for.
     *
     * @return values of {@code LLM_PROVIDER}; by default none
     */
    default List<String> hosted() {
        return List.of();
    }

    /**
     * Makes a language model. A remote one is not contacted; a local one may load its model here or at the first call.
     *
     * @param source where the model is to come from; one that is {@linkplain #supports supported}
     * @param context the node; its {@code llm()} and {@code tools()} are not there yet
     * @return the service, closed by the node
     * @throws LLMException if it cannot work: a missing key, a bad model file, a CPU that cannot run it
     * @throws InterruptedException if the calling thread is interrupted
     */
    LLMService create(LLMSource source, NodeContext context) throws LLMException, InterruptedException;
}
