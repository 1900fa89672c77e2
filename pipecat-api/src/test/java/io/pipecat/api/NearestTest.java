package io.pipecat.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> NAMES = List.of("monolith", "distributed", "tool_timeout", "ask", "deny");

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "'', abc, 3",
        "abc, abd, 1",
        "abc, ac, 1",
        "abc, abxc, 1",
        "abc, acb, 1",
        "ca, abc, 3",
        "kitten, sitting, 3"
    })
    void distances(String a, String b, int distance) {
        assertEquals(distance, Nearest.distance(a, b));
        assertEquals(distance, Nearest.distance(b, a));
    }

    @ParameterizedTest
    @CsvSource({
        "monolit, monolith",
        "DISTRUBUTED, distributed",
        "tool-timeout, tool_timeout",
        "timeout, tool_timeout",
        "aks, ask",
        "dny, deny"
    })
    void theNearest(String written, String meant) {
        assertEquals(Optional.of(meant), Nearest.to(written, NAMES));
        assertEquals(" Did you mean '" + meant + "'?", Nearest.hint(written, NAMES));
    }

    @ParameterizedTest
    @CsvSource({"purple", "''", "xy", "monotone"})
    void nothingNear(String written) {
        assertEquals(Optional.empty(), Nearest.to(written, NAMES));
        assertEquals("", Nearest.hint(written, NAMES));
    }

    @Test
    void theFirstByNameWhereTwoAreAsNear() {
        assertEquals(Optional.of("bat"), Nearest.to("xat", List.of("cat", "bat")));
        assertEquals(Optional.empty(), Nearest.to("a", List.of()));
    }

    @Test
    @Timeout(20)
    void whatNobodyWouldWriteTakesNoLonger() {
        List<String> names = IntStream.range(0, 5000)
                .mapToObj(i -> "device_with_quite_a_long_name_" + i)
                .toList();
        String written = "device_with_quite_a_long_name_4711".repeat(2000);
        assertEquals(1, Nearest.ranked(written, names, 1).size());
        assertEquals("", Nearest.hint("x".repeat(60_000), names));
        assertEquals(List.of(names.get(4711)), Nearest.ranked("device_with_quite_a_long_name_4711", names, 1));
    }
}
