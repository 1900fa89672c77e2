package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A tool about which a person is to be asked. */
final class Doors implements Tool {
    private final AtomicInteger opened = new AtomicInteger();

    int opened() {
        return opened.get();
    }

    @Override
    public ToolSpec spec() {
        JsonObject parameters = JsonObject.builder()
                .put("type", "object")
                .put("properties", JsonObject.of("door", JsonObject.of("type", "string")))
                .put("required", JsonArray.of(new JsonString("door")))
                .build();
        return new ToolSpec(
                "doors",
                "Doors of the house",
                Placement.NORMAL,
                List.of(new MethodSpec("open", "Opens a door", parameters, true, Optional.empty())));
    }

    @Override
    public JsonValue call(String method, JsonObject arguments, ToolContext context) {
        opened.incrementAndGet();
        return new JsonString(arguments.string("door").orElse("") + " is open");
    }
}
