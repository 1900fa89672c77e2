package io.pipecat.api;

/** Something that goes on until it is closed. Closing twice does nothing. */
public interface Subscription extends AutoCloseable {

    /** Ends it. A call to the listener that is under way may still finish afterwards. */
    @Override
    void close();
}
