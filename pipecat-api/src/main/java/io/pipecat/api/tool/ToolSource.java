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
