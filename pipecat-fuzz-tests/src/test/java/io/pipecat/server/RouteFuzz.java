package io.pipecat.server;

import io.pipecat.fuzz.Input;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of a request, through the table of routes. */
public final class RouteFuzz {
    private static final List<PathPattern> PATTERNS = List.of(
            new PathPattern("/"),
            new PathPattern("/tools/"),
            new PathPattern("/state/{topic...}"),
            new PathPattern("/conversations/{id}/turns/{turn}"));

    private RouteFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        String path = Input.text(data);
        if (!path.startsWith("/")) {
            return;
        }
        String[] asked = PathPattern.split(path);
        for (PathPattern pattern : PATTERNS) {
            Optional<Map<String, String>> match = pattern.match(asked);
            match.ifPresent(parameters -> Input.check("values", !parameters.containsValue(null)));
        }
        Input.check("decoded", PathPattern.decode(path).length() <= path.length());
    }
}
