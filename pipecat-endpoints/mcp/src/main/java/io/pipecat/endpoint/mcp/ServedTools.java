package io.pipecat.endpoint.mcp;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The methods that clients may call, under the names {@code tool__method} by which models know them everywhere in this system. Names are
 * looked up and never taken apart.
 */
final class ServedTools {
    private static final int MAX_LENGTH = 64;

    /** A method behind a name. */
    record Served(Tool tool, String toolName, MethodSpec method) {
        String label() {
            return toolName + "." + method.name();
        }
    }

    private final Map<String, Served> served = new LinkedHashMap<>();
    private final Map<String, Served> withheld = new LinkedHashMap<>();

    /**
     * Makes the table.
     *
     * @param tools the node's tools at this moment, in the order of the catalogue
     * @param allow the sensitive ones that are served: whole tools by name, or methods by their {@link Served#label}
     */
    ServedTools(List<Tool> tools, Set<String> allow) {
        Map<String, Served> all = new LinkedHashMap<>();
        for (Tool tool : tools) {
            ToolSpec spec = tool.spec();
            for (MethodSpec method : spec.methods()) {
                Served each = new Served(tool, spec.name(), method);
                all.put(freeName(each, all), each);
            }
        }
        // Named before they are sorted out: what is allowed must not change the name of anything.
        all.forEach((name, each) -> {
            boolean allowed =
                    !each.method().sensitive() || allow.contains(each.label()) || allow.contains(each.toolName());
            (allowed ? served : withheld).put(name, each);
        });
    }

    Optional<Served> find(String name) {
        return Optional.ofNullable(served.get(name));
    }

    /** Returns a method that is there but, being sensitive, is not served. */
    Optional<Served> findWithheld(String name) {
        return Optional.ofNullable(withheld.get(name));
    }

    Set<String> names() {
        return served.keySet();
    }

    /** Returns the tools as the protocol lists them. */
    JsonArray list() {
        List<JsonValue> list = new ArrayList<>();
        served.forEach((name, each) -> list.add(JsonObject.builder()
                .put("name", name)
                .put("description", each.method().description())
                .put("inputSchema", each.method().parameters())
                .put("annotations", annotations(each))
                .build()));
        return new JsonArray(list);
    }

    private static JsonObject annotations(Served each) {
        // What a person need not be asked about is what clients take this hint for.
        return JsonObject.builder()
                .put("title", each.label())
                .put("readOnlyHint", !each.method().sensitive())
                .put("destructiveHint", each.method().sensitive())
                .build();
    }

    private static String freeName(Served each, Map<String, Served> taken) {
        String name =
                sanitised(each.toolName()) + "__" + sanitised(each.method().name());
        if (name.length() > MAX_LENGTH) {
            String hash = "_" + HexFormat.of().toHexDigits(each.label().hashCode());
            name = name.substring(0, MAX_LENGTH - hash.length()) + hash;
        }
        String free = name;
        for (int i = 2; taken.containsKey(free); i++) {
            String suffix = "_" + i;
            free = name.substring(0, Math.min(name.length(), MAX_LENGTH - suffix.length())) + suffix;
        }
        return free;
    }

    private static String sanitised(String name) {
        return name.replaceAll("[^a-zA-Z0-9_-]", "_");
    }
}
