package io.pipecat.llm.local.chat;

/** Takes what a model writes, piece by piece, and pushes the text and the calls in it. Not thread-safe. */
public interface OutputParser {

    /**
     * Takes the next piece.
     *
     * @param piece what the model wrote; whole characters
     */
    void accept(String piece);

    /** Ends the response; what was held back is pushed, as a call that may be malformed or as text. */
    void end();
}
