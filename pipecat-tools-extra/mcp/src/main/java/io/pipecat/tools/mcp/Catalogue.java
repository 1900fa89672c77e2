package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server offers.
 *
 * @param spec the same as a tool
 * @param originals the server's own name of each method
 * @param source what the server said, to be kept for the next start
 */
record Catalogue(ToolSpec spec, Map<String, String> originals, JsonObject source) {
    private static final int MAX_DESCRIPTION = 2000;
    private static final int MAX_ABOUT = 500;
    private static final JsonObject NO_PARAMETERS = JsonObject.builder()
            .put("type", "object")
            .put("properties", JsonObject.EMPTY)
            .build();

    Catalogue {
        originals = Map.copyOf(originals);
    }

    /** A server that was never reached. */
    static Catalogue empty(String name) {
        return new Catalogue(
                new ToolSpec(name, "An MCP server that was not reached yet.", Placement.NORMAL, List.of()),
                Map.of(),
                JsonObject.EMPTY);
    }

    /**
     * Makes a catalogue.
     *
     * @param name the tool's name
     * @param about what the server answered to its introduction
     * @param tools the tools as it lists them
     * @param timeout how long a call may take, if that is set
     */
    static Catalogue of(String name, JsonObject about, JsonArray tools, Optional<Duration> timeout) {
        Map<String, String> originals = new HashMap<>();
        List<MethodSpec> methods = new ArrayList<>();
        tools.objects().forEach(tool -> {
            String original = tool.string("name").orElse("");
            if (!original.isEmpty()) {
                String method = free(sanitised(original), originals);
                originals.put(method, original);
                methods.add(method(method, tool, timeout));
            }
        });
        return new Catalogue(
                new ToolSpec(name, describe(about), Placement.NORMAL, methods),
                originals,
                JsonObject.builder().put("about", about).put("tools", tools).build());
    }

    /** Names on this side are what models and command lines can spell. The table leads back, not the name. */
    private static String sanitised(String original) {
        return original.replaceAll("[^a-zA-Z0-9_-]", "_");
    }

    private static String free(String wanted, Map<String, String> taken) {
        String name = wanted;
        for (int i = 2; taken.containsKey(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private static MethodSpec method(String name, JsonObject tool, Optional<Duration> timeout) {
        JsonObject annotations = tool.object("annotations").orElse(JsonObject.EMPTY);
        String description = tool.string("description")
                .or(() -> tool.string("title"))
                .or(() -> annotations.string("title"))
                .orElse("");
        // Only a plain true counts: whoever says nothing is asked about.
        boolean readOnly = annotations.bool("readOnlyHint").orElse(false);
        return new MethodSpec(name, shortened(description, MAX_DESCRIPTION), parameters(tool), !readOnly, timeout);
    }

    private static JsonObject parameters(JsonObject tool) {
        JsonObject schema = tool.object("inputSchema").orElse(NO_PARAMETERS);
        JsonObject.Builder parameters = JsonObject.builder().put("type", "object");
        // Which draft it is written in is of no use to a model, and some servers of models stumble over it.
        schema.members().forEach((member, value) -> {
            if (!member.equals("$schema") && !member.equals("type")) {
                parameters.put(member, value);
            }
        });
        return parameters.build();
    }

    private static String describe(JsonObject about) {
        JsonObject server = about.object("serverInfo").orElse(JsonObject.EMPTY);
        String title = server.string("title").or(() -> server.string("name")).orElse("without a name");
        String version = server.string("version").map(v -> " " + v).orElse("");
        String instructions =
                about.string("instructions").map(text -> " " + text.strip()).orElse("");
        return shortened("MCP server " + title + version + "." + instructions, MAX_ABOUT);
    }

    private static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "…";
    }
}
