package io.pipecat.tools.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.time.Instant;

/** Calls tools the way a node does. */
public final class Calls {
    private static final ToolContext CONTEXT = new ToolContext("test", Instant.MAX, line -> {});

    private Calls() {}

    public static JsonValue call(Tool tool, String method, JsonObject arguments)
            throws ToolException, InterruptedException {
        return tool.call(method, arguments, CONTEXT);
    }

    public static JsonObject object(Tool tool, String method, JsonObject arguments)
            throws ToolException, InterruptedException {
        return (JsonObject) call(tool, method, arguments);
    }

    /** The message of the failure that the call ends in. */
    public static String failure(Tool tool, String method, JsonObject arguments) {
        ToolException e = assertThrows(ToolException.class, () -> call(tool, method, arguments));
        assertEquals(ToolException.Reason.FAILED, e.reason(), e.getMessage());
        return e.getMessage();
    }
}
