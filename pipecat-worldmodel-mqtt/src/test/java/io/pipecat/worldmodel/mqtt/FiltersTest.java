package io.pipecat.worldmodel.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
    @ParameterizedTest
    @CsvSource({
        "#, a, true",
        "#, /, true",
        "#, $SYS/x, false",
        "+/x, $SYS/x, false",
        "$SYS/#, $SYS/x, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "a/+, a, false",
        "a/+, a/, true",
        "a/+, a/b, true",
        "a/+, a/b/c, false",
        "+, a, true",
        "+, /a, false",
        "+/+, /a, true",
        "/+, /a, true",
        "a/+/c, a/b/c, true",
        "a/+/c, a/b/d, false",
        "a/b, a/b, true",
        "a/b, a/bc, false",
        "a/bc, a/b, false",
        "a/+/#, a, false",
        "a/+/#, a/b, true",
        "a//b, a//b, true",
        "a/+/b, a//b, true",
    })
    void matchesAsMqttDefines(String filter, String topic, boolean matches) {
        assertEquals(matches, Filters.matches(filter, topic));
    }

    @Test
    void coversWhatMatchesAll() {
        assertTrue(Filters.covers("#", "a/+/#"));
        assertTrue(Filters.covers("a/#", "a"));
        assertTrue(Filters.covers("a/+", "a/b"));
        assertFalse(Filters.covers("a/+", "a/#"));
        assertFalse(Filters.covers("#", "$SYS/#"));
        assertFalse(Filters.covers("a/b", "a/+"));
        assertFalse(Filters.covers("a/+/#", "a"));
    }

    @Test
    void makesFiltersOfWhichNoTopicMatchesTwo() {
        assertEquals(Set.of("#"), Filters.disjoint(List.of("a/b", "#", "+")));
        assertEquals(Set.of("#", "$SYS/#"), Filters.disjoint(List.of("#", "$SYS/#")));
        assertEquals(Set.of("+/+"), Filters.disjoint(List.of("a/+", "+/b")));
        assertEquals(Set.of("a", "b/#"), Filters.disjoint(List.of("a", "b/#", "b", "a")));
    }

    /** Whatever the filters, each topic that one of them names is named by exactly one of the result. */
    @Test
    void losesNothingAndDoublesNothing() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            List<String> filters = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                filters.add(text(random, List.of("a", "b", "", "+", "$x"), true));
            }
            Set<String> disjoint = Filters.disjoint(filters);
            for (int i = 0; i < 20; i++) {
                String topic = text(random, List.of("a", "b", "", "c", "$x"), false);
                if (topic.isEmpty()) {
                    continue;
                }
                long before =
                        filters.stream().filter(f -> Filters.matches(f, topic)).count();
                long after =
                        disjoint.stream().filter(f -> Filters.matches(f, topic)).count();
                assertTrue(after <= 1 && (before == 0 || after == 1), () -> filters + " " + disjoint + " " + topic);
            }
        }
    }

    private static String text(Random random, List<String> words, boolean filter) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            levels.add(words.get(random.nextInt(words.size())));
        }
        if (filter && random.nextInt(3) == 0) {
            levels.add("#");
        }
        String text = String.join("/", levels);
        return text.isEmpty() && filter ? "a" : text;
    }
}
