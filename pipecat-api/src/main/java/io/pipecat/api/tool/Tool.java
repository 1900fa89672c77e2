package io.pipecat.api.tool;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;

/**
 * A named group of methods that a model may call, here or on another node. Thread-safe: calls run side by side, each on
 * a thread of its own.
 */
public interface Tool extends AutoCloseable {

    /**
     * Returns what the tool offers.
     *
     * @return the specification; cheap, the same until the tool's catalogue changes
     */
    ToolSpec spec();

    /**
     * Calls a method. Blocks until it is done; interruption of the calling thread ends it. A node calls tools on platform threads, where
     * an interruption does not end a read from a socket: leave such a read to a virtual thread, or close the socket.
     *
     * @param method a name from {@link #spec()}
     * @param arguments the arguments by name
     * @param context the call: its deadline and where progress goes
     * @return the result
     * @throws ToolException if there is no result; its message is written so that a model can act on it
     * @throws InterruptedException if the calling thread is interrupted; nothing of the call goes on
     */
    JsonValue call(String method, JsonObject arguments, ToolContext context) throws ToolException, InterruptedException;

    /**
     * Returns whether a name is that of a method which is there and not offered, so that whoever asks for it can be told
     * that it was not misspelled.
     *
     * @param method a name that is not in {@link #spec()}
     * @return whether there is such a method; by default not
     */
    default boolean hides(String method) {
        return false;
    }

    /** Frees what the tool holds. By default nothing. */
    @Override
    default void close() {}

    /**
     * Makes a tool of an object whose class says what it offers by {@link ToolInfo} and {@link ToolMethod}.
     *
     * <p>A parameter can be a {@link String}, {@code boolean}, {@code int}, {@code long}, {@code double} (or their
     * boxes), {@link java.math.BigDecimal}, an enum, a {@link java.util.List} or {@link java.util.Map} (keys are
     * strings) of these, a record of these, {@link JsonValue} or {@link JsonObject}, or {@link java.util.Optional} of
     * one of these for one that may be left out; {@code null} counts as left out there. A record that contains itself
     * is refused. A {@link ToolContext} parameter gets the context of the call. A result is turned into JSON by
     * {@link JsonValue#from(Object)}. If the object is {@link AutoCloseable}, closing the tool closes it.
     *
     * <p>Inherited methods count; a method that overrides an annotated one is offered only if it is annotated too. Names
     * become snake case, and methods are offered in the order of their Java names.
     *
     * <p>A method ends in an error by throwing {@link ToolException}; any other exception becomes one with the reason
     * {@link ToolException.Reason#FAILED}. Whatever it throws while its thread is interrupted counts as
     * {@link InterruptedException}. Errors of the virtual machine, such as {@link OutOfMemoryError}, pass as they are.
     *
     * @param object an instance of an annotated class
     * @return the tool
     * @throws IllegalArgumentException if no tool can be made of the class; the message names the class, the method and
     *     what to change, such as a class that was compiled without {@code -parameters}
     */
    static Tool annotated(Object object) {
        return new AnnotatedTool(object);
    }
}
