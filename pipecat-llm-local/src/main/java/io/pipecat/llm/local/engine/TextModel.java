package io.pipecat.llm.local.engine;

import io.pipecat.llm.local.gguf.GgufHeader;
import java.util.function.Consumer;

/** Something that goes on writing where a prompt ends. Thread-safe. */
public interface TextModel {

    /**
     * Returns what the model's file says of itself.
     *
     * @return the header
     */
    GgufHeader header();

    /**
     * Returns how it was loaded.
     *
     * @return the options
     */
    LoadOptions options();

    /**
     * Starts a response. Waits for a free slot.
     *
     * @param prompt the whole prompt; markers in it are control
     * @param sampling how tokens are chosen
     * @param begun is told of the response before the model begins; if it closes it, the model never begins
     * @return the response as it is written; to be closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    Generation generate(String prompt, Sampling sampling, Consumer<? super Generation> begun)
            throws InterruptedException;

    /**
     * Counts tokens as the model does, the start of the text included where the model may add one.
     *
     * @param prompt a prompt; markers in it are control
     * @return the number of tokens
     */
    int countTokens(String prompt);
}
