package io.pipecat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathPatternTest {
    private static Optional<Map<String, String>> match(String pattern, String path) {
        return new PathPattern(pattern).match(PathPattern.split(path));
    }

    @Test
    void aFinalSlashMakesNoDifference() {
        assertTrue(match("/run_tool/", "/run_tool").isPresent());
        assertTrue(match("/run_tool", "/run_tool/").isPresent());
        assertTrue(match("/", "/").isPresent());
        assertTrue(match("/run_tool/", "/run_tool//").isEmpty());
    }

    @Test
    void namesTakeOneLevelDecoded() {
        assertEquals(Optional.of(Map.of("id", "a/b+ü")), match("/x/{id}", "/x/a%2Fb+%C3%BC"));
        assertTrue(match("/x/{id}", "/x").isEmpty());
        assertTrue(match("/x/{id}", "/x/a/b").isEmpty());
    }

    @Test
    void theRestIsTakenWhole() {
        assertEquals(Optional.of(Map.of("path", "a//b c")), match("/state/{path...}", "/state/a//b%20c"));
        assertTrue(match("/state/{path...}", "/state").isEmpty());
    }

    @Test
    void textComesBeforeNamesBeforeRests() {
        PathPattern text = new PathPattern("/a/b");
        PathPattern name = new PathPattern("/a/{x}");
        PathPattern rest = new PathPattern("/a/{x...}");
        assertTrue(text.compareTo(name) < 0 && name.compareTo(rest) < 0 && text.compareTo(rest) < 0);
    }
}
