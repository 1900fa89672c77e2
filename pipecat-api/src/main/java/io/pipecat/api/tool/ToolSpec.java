package io.pipecat.api.tool;

import java.util.List;
import java.util.Optional;

/**
 * What a tool offers.
 *
 * @param name its name: {@code calculator}
 * @param description what it is for, one or two sentences for the model
 * @param placement whether it is worth moving to another node
 * @param methods what can be called, in a fixed order
 */
public record ToolSpec(String name, String description, Placement placement, List<MethodSpec> methods) {

    /**
     * Copies the methods.
     *
     * @throws IllegalArgumentException if the name is not a tool name or a method occurs twice
     */
    public ToolSpec {
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "a tool name is letters, digits, _ and -, starting with a letter; not '" + name + "'");
        }
        methods = List.copyOf(methods);
        long distinct = methods.stream().map(MethodSpec::name).distinct().count();
        if (distinct != methods.size()) {
            throw new IllegalArgumentException("tool " + name + " has two methods of one name");
        }
    }

    /**
     * Returns a method.
     *
     * @param method its name
     * @return its specification; empty if the tool does not offer it
     */
    public Optional<MethodSpec> method(String method) {
        return methods.stream().filter(m -> m.name().equals(method)).findFirst();
    }
}
