package io.pipecat.api.tool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The tools that a node can use at the moment, wherever they run. Thread-safe. */
public interface ToolCatalogue {

    /**
     * Returns the tools.
     *
     * @return a snapshot, ordered by name
     */
    List<Tool> tools();

    /**
     * Returns the tools that run in this node, also those in whose place the settings choose another node's. What a node
     * serves to others: serving proxies too would let calls go round in circles.
     *
     * @return a snapshot, ordered by name; by default all
     */
    default List<Tool> local() {
        return tools();
    }

    /**
     * Returns a tool.
     *
     * @param name its name
     * @return the tool; empty if there is none now
     */
    default Optional<Tool> find(String name) {
        return tools().stream().filter(tool -> tool.spec().name().equals(name)).findFirst();
    }

    /**
     * Returns a catalogue that does not change.
     *
     * @param tools the tools
     * @return the catalogue, ordered by name
     */
    static ToolCatalogue of(List<Tool> tools) {
        List<Tool> ordered = tools.stream()
                .sorted(Comparator.comparing(tool -> tool.spec().name()))
                .toList();
        return () -> ordered;
    }
}
