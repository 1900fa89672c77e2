package io.pipecat.tools.home;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.time.Instant;

/** Calls tools the way a node does. */
final class Calls {
    private static final ToolContext CONTEXT = new ToolContext("test", Instant.MAX, line -> {});

    private Calls() {}

    static JsonObject arguments(String json) {
        try {
            return Json.parseObject(json);
        } catch (JsonException e) {
            throw new AssertionError(json, e);
        }
    }

    static JsonValue call(Tool tool, String method, String arguments) throws ToolException, InterruptedException {
        return tool.call(method, arguments(arguments), CONTEXT);
    }

    static ToolException failure(Tool tool, String method, String arguments) {
        return assertThrows(ToolException.class, () -> call(tool, method, arguments));
    }
}
