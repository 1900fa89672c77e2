package io.pipecat.api.tool;

import java.util.List;

/** Tools from one provider. What is in it may change while the node runs (a tool server comes back, say). Thread-safe. */
public interface ToolSource extends AutoCloseable {

    /**
     * Returns the tools that are there now.
     *
     * @return a snapshot; cheap, never asks the network
     */
    List<Tool> tools();

    /**
     * Returns where the tools run if that is not this process, and in what state that place is, for people.
     *
     * @return such as {@code http://10.0.0.5:8001 (TOOL_SERVER_URL)}; by default empty
     */
    default String description() {
        return "";
    }

    /**
     * Returns whether {@link #tools()} is all that there is. It is not while a tool server was never reached: it may
     * have a tool that is not listed yet.
     *
     * @return whether it is all; by default so
     */
    default boolean complete() {
        return true;
    }

    /**
     * Finds out whether the place where the tools run can be reached now, without running one. May take as long as a
     * connection attempt.
     *
     * @throws ToolException if it cannot
     * @throws InterruptedException if the calling thread is interrupted
     */
    default void check() throws ToolException, InterruptedException {}

    /** Closes the tools and whatever they share. */
    @Override
    void close();

    /**
     * Returns a source that always holds the same tools.
     *
     * @param tools the tools
     * @return the source; closing it closes them all, and then passes on what the first that failed threw
     */
    static ToolSource of(Tool... tools) {
        List<Tool> all = List.of(tools);
        return new ToolSource() {
            @Override
            public List<Tool> tools() {
                return all;
            }

            @Override
            public void close() {
                RuntimeException failure = null;
                for (Tool tool : all) {
                    try {
                        tool.close();
                    } catch (RuntimeException e) {
                        // The others must be closed all the same.
                        if (failure == null) {
                            failure = e;
                        } else {
                            failure.addSuppressed(e);
                        }
                    }
                }
                if (failure != null) {
                    throw failure;
                }
            }
        };
    }
}
