package io.pipecat.llm.local.chat;

/** Takes what a model writes, piece by piece, and pushes the text and the calls in it. Not thread-safe. */
public interface OutputParser {

    /**
     * Takes the next piece.
     *
     * @param piece what the model wrote; whole characters
     */
    void accept(String piece);

    /**
     * Returns whether all that the response would come to is a refusal, so that it is better asked for again; nothing was pushed then.
     * To be called when everything was accepted, before {@link #end}.
     *
     * @return whether to ask again
     */
    default boolean refuses() {
        return false;
    }

    /** Ends the response; what was held back is pushed, as a call that may be malformed or as text. */
    void end();
}
