package io.pipecat.agent;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonBool;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tool whose methods are lambdas. */
final class TestTool implements Tool {

    /** What a method does. */
    interface Body {
        JsonValue call(JsonObject arguments, ToolContext context) throws ToolException, InterruptedException;
    }

    /** A schema with one required string, {@code text}. */
    static final JsonObject TEXT = JsonObject.builder()
            .put("type", "object")
            .put("properties", JsonObject.of("text", JsonObject.of("type", "string")))
            .put("required", JsonArray.ofStrings(List.of("text")))
            .put("additionalProperties", JsonBool.FALSE)
            .build();

    static final JsonObject ANYTHING = JsonObject.of("type", "object");

    private final String name;
    private final List<MethodSpec> methods = new ArrayList<>();
    private final Map<String, Body> bodies = new HashMap<>();

    TestTool(String name) {
        this.name = name;
    }

    TestTool method(String method, Body body) {
        return method(method, ANYTHING, false, Optional.empty(), body);
    }

    TestTool sensitive(String method, Body body) {
        return method(method, ANYTHING, true, Optional.empty(), body);
    }

    TestTool method(String method, JsonObject schema, boolean sensitive, Optional<Duration> timeout, Body body) {
        methods.add(new MethodSpec(method, "Does " + method + ".", schema, sensitive, timeout));
        bodies.put(method, body);
        return this;
    }

    ToolCatalogue alone() {
        return ToolCatalogue.of(List.of(this));
    }

    @Override
    public ToolSpec spec() {
        return new ToolSpec(name, "A tool of a test.", Placement.LIGHT, methods);
    }

    @Override
    public JsonValue call(String method, JsonObject arguments, ToolContext context)
            throws ToolException, InterruptedException {
        return bodies.get(method).call(arguments, context);
    }
}
