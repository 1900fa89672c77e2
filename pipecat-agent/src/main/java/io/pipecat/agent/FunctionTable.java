package io.pipecat.agent;

import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolSpec;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flat functions that a model gets to see, and what they stand for. Names are {@code tool__method}; they are looked up here and never
 * taken apart. The order is that of the catalogue, so that the same tools make the same prompt.
 */
final class FunctionTable {
    private static final int MAX_LENGTH = 64;

    /** What a function stands for. */
    record Function(Tool tool, String toolName, MethodSpec method) {

        /** Returns {@code tool.method}. */
        String label() {
            return toolName + "." + method.name();
        }
    }

    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final List<FunctionSpec> specs;

    FunctionTable(List<Tool> tools) {
        for (Tool tool : tools) {
            ToolSpec spec = tool.spec();
            for (MethodSpec method : spec.methods()) {
                Function function = new Function(tool, spec.name(), method);
                functions.put(freeName(function), function);
            }
        }
        this.specs = functions.entrySet().stream()
                .map(entry -> new FunctionSpec(
                        entry.getKey(),
                        entry.getValue().method().description(),
                        entry.getValue().method().parameters()))
                .toList();
    }

    List<FunctionSpec> specs() {
        return specs;
    }

    Optional<Function> find(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    Collection<String> names() {
        return functions.keySet();
    }

    private String freeName(Function function) {
        String name = sanitised(function.toolName()) + "__"
                + sanitised(function.method().name());
        if (name.length() > MAX_LENGTH) {
            // The hash keeps two long names apart, and one name the same whatever else is in the table.
            String hash = "_" + HexFormat.of().toHexDigits(function.label().hashCode());
            name = name.substring(0, MAX_LENGTH - hash.length()) + hash;
        }
        String free = name;
        for (int i = 2; functions.containsKey(free); i++) {
            String suffix = "_" + i;
            free = name.substring(0, Math.min(name.length(), MAX_LENGTH - suffix.length())) + suffix;
        }
        return free;
    }

    private static String sanitised(String name) {
        return name.replaceAll("[^a-zA-Z0-9_-]", "_");
    }
}
