package io.pipecat.api.tool;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Calls for tests. */
final class Contexts {
    static final ToolContext PLAIN = new ToolContext("call-1", Instant.MAX, line -> {});

    private Contexts() {}

    static JsonObject arguments(Object... namesAndValues) {
        JsonObject.Builder arguments = JsonObject.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], JsonValue.from(namesAndValues[i + 1]));
        }
        return arguments.build();
    }

    static JsonValue call(Tool tool, String method, Object... namesAndValues) throws Exception {
        return tool.call(method, arguments(namesAndValues), PLAIN);
    }

    static ToolException fails(ToolException.Reason reason, Tool tool, String method, Object... namesAndValues) {
        ToolException e = Assertions.assertThrows(ToolException.class, () -> call(tool, method, namesAndValues));
        Assertions.assertEquals(reason, e.reason(), e.getMessage());
        return e;
    }

    static JsonObject schemaOf(Tool tool, String method) {
        return tool.spec().method(method).orElseThrow().parameters();
    }

    static JsonValue property(Tool tool, String method, String parameter) {
        return schemaOf(tool, method)
                .object("properties")
                .flatMap(p -> p.get(parameter))
                .orElseThrow();
    }

    static JsonObject type(String name) {
        return JsonObject.of("type", name);
    }

    static List<String> names(Tool tool) {
        return tool.spec().methods().stream().map(MethodSpec::name).toList();
    }
}
