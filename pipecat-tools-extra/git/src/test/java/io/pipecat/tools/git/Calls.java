package io.pipecat.tools.git;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls the tool the way a node does. */
final class Calls {
    private Calls() {}

    static GitSettings settings(Path... roots) {
        return new GitSettings(List.of(roots), "Robo", "robo@example.org", Optional.empty(), Set.of(), Set.of(), 64);
    }

    static Tool tool(GitSettings settings) {
        IsolatedSystemReader.install();
        return Tool.annotated(new GitTool(settings));
    }

    /** Calls a method; the arguments are names and values in turn. */
    static JsonObject call(Tool tool, String method, String... arguments) throws Exception {
        JsonObject.Builder object = JsonObject.builder();
        for (int i = 0; i < arguments.length; i += 2) {
            object.put(arguments[i], arguments[i + 1]);
        }
        return (JsonObject) tool.call(method, object.build(), new ToolContext("test", Instant.MAX, line -> {}));
    }

    static String failure(Tool tool, String method, String... arguments) {
        return assertThrows(ToolException.class, () -> call(tool, method, arguments))
                .getMessage();
    }
}
