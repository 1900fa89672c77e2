package io.pipecat.api.llm;

import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A language model. One call is one response; it blocks until that is complete. Thread-safe: how many calls run at once
 * is up to the implementation, others wait their turn.
 */
public interface LLMService extends AutoCloseable {

    /**
     * Answers a context.
     *
     * <p>The sink gets exactly one {@link LLMFrame.ResponseStart}, then text, reasoning and complete tool calls as they
     * come, then exactly one {@link LLMFrame.ResponseEnd}. It is called on the calling thread. An exception of the sink
     * ends the call and is passed on.
     *
     * <p>A call before whose first frame something fails may be tried again elsewhere; once a text or a tool call was
     * pushed, the implementation never starts over.
     *
     * @param context what was said, what may be called, and how to answer
     * @param sink takes the frames
     * @return the whole response, equal to what the frames add up to
     * @throws LLMException if there is no answer; {@link LLMException#reason()} says what kind of failure it is
     * @throws InterruptedException if the calling thread, virtual or not, is interrupted; the model stops working on
     *     this call
     */
    LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink) throws LLMException, InterruptedException;

    /**
     * Answers a context as {@link #process} does, for a caller who has another model to ask: it neither waits in order to
     * ask once more what has just failed, nor is it patient with a server that does not even answer an inquiry.
     *
     * @param context what was said, what may be called, and how to answer
     * @param sink takes the frames
     * @return the whole response
     * @throws LLMException as soon as there is reason to ask another model
     * @throws InterruptedException if the calling thread is interrupted
     */
    default LLMResponse processOnce(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        return process(context, sink);
    }

    /**
     * Returns how many tokens fit into a context, the response included.
     *
     * @return the size in tokens, greater than 0; what an agent compacts against
     */
    int contextTokens();

    /**
     * Returns how many tokens a context takes. An implementation with a tokenizer at hand counts; the default
     * estimates: a token for each three bytes of UTF-8 and eight more for each message, tool call and function.
     *
     * @param context the context
     * @return the number of tokens, at least 0
     */
    default int countTokens(LLMContext context) {
        return TokenEstimate.of(context);
    }

    /**
     * Returns how many calls run at the same time before others wait their turn. Whoever lets several clients in decides by it
     * who is next.
     *
     * @return the number, greater than 0; empty if it is not known here
     */
    default OptionalInt concurrency() {
        return OptionalInt.empty();
    }

    /**
     * Returns what this is, for people: the model and where it runs.
     *
     * @return such as {@code pipecat-home (in process)} or {@code qwen2.5 at http://core:8080/v1}
     */
    String description();

    /**
     * Finds out whether the model could answer now, without making it answer.
     *
     * @throws LLMException if it could not, with the reason and the remedy
     * @throws InterruptedException if the calling thread is interrupted
     */
    default void check() throws LLMException, InterruptedException {}

    /** Ends running calls, waits for what cannot be cut short, and frees the resources. Closing twice does nothing. */
    @Override
    void close();
}
