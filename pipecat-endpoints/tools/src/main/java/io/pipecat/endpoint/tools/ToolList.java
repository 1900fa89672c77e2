package io.pipecat.endpoint.tools;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolSpec;
import java.util.List;
import java.util.Locale;

/** The catalogue as it is told to others. */
final class ToolList {
    private static final double MILLIS_PER_SECOND = 1000;

    private ToolList() {}

    static JsonObject of(List<Tool> tools) {
        JsonObject.Builder all = JsonObject.builder();
        for (Tool tool : tools) {
            ToolSpec spec = tool.spec();
            JsonObject.Builder methods = JsonObject.builder();
            spec.methods().forEach(method -> methods.put(method.name(), describe(spec, method)));
            all.put(spec.name(), methods.build());
        }
        return all.build();
    }

    private static JsonObject describe(ToolSpec tool, MethodSpec method) {
        JsonObject.Builder told = JsonObject.builder()
                .put("doc", method.description().isEmpty() ? JsonNull.NULL : new JsonString(method.description()))
                .put("args", JsonArray.ofStrings(method.parameterNames()))
                .put("schema", method.parameters())
                .put("sensitive", method.sensitive())
                .put("placement", tool.placement().name().toLowerCase(Locale.ROOT));
        // A caller that waited less long would give up calls that are still wanted here.
        method.timeout().ifPresent(timeout -> told.put("timeout", timeout.toMillis() / MILLIS_PER_SECOND));
        return told.build();
    }
}
