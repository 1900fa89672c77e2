package io.pipecat.llm.local.engine;

import java.util.Optional;

/** One response while it is written. Taken by one thread. */
public interface Generation extends AutoCloseable {

    /** Native code gave up on a response. The message is its own. */
    final class NativeFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * Makes a failure.
         *
         * @param cause what native code threw
         */
        public NativeFailure(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /**
     * Returns the next piece: one token, or several that make up a character. Control tokens appear as their texts.
     *
     * @return the piece; empty after the last
     * @throws InterruptedException if the calling thread is interrupted; close this then
     * @throws NativeFailure if native code gave up
     */
    Optional<String> next() throws InterruptedException;

    /**
     * Returns how many tokens the model had written when it wrote what was taken last, those included that gave no text of their own.
     *
     * @return the number of tokens
     */
    int tokens();

    /** Has the model stop working on it. Returns at once; its slot is lent again when it has stopped. */
    @Override
    void close();

    /**
     * Returns whether the model has stopped working on it.
     *
     * @return whether it is over
     */
    boolean isFinished();

    /** Waits until the model has stopped: at most until the next token, or the end of a prompt that is being read. */
    void awaitFinished();
}
