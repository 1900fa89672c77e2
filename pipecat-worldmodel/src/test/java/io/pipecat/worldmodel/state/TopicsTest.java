package io.pipecat.worldmodel.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicsTest {

    /** The examples of the standard (MQTT 5.0, section 4.7), and some at its edges. */
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/#, sport, true",
        "#, sport, true",
        "#, /finance, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "#, $SYS/uptime, false",
        "+/monitor/Clients, $SYS/monitor/Clients, false",
        "$SYS/#, $SYS/monitor, true",
        "$SYS/#, $SYS, true",
        "$SYS/monitor/+, $SYS/monitor/Clients, true",
        "a/b, a/b, true",
        "a/b, a/b/, false",
        "a/b/, a/b, false",
        "a/b, a/bc, false",
        "a/bc, a/b, false",
        "+/+/+, a//b, true",
        "a/+/#, a, false",
        "a/+/#, a/b, true",
    })
    void matchesAsTheStandardSays(String filter, String topic, boolean expected) {
        assertEquals(expected, Topics.matches(Topics.checkFilter(filter), Topics.check(topic)));
        FilterTree<String> filters = new FilterTree<>();
        filters.add(filter, "who");
        List<String> found = new ArrayList<>();
        filters.forEach(topic, found::add);
        assertEquals(expected ? List.of("who") : List.of(), found);
        filters.remove(filter, "who");
        assertTrue(filters.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void manyFiltersMatchAsOneDoes(long seed) {
        Random random = new Random(seed);
        FilterTree<String> filters = new FilterTree<>();
        Map<String, Integer> present = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            String filter = random(random, "a", "b", "", "+", "$x");
            if (random.nextInt(4) == 0) {
                filter = filter + "/#";
            }
            if (random.nextBoolean()) {
                filters.add(filter, filter);
                present.merge(filter, 1, Integer::sum);
            } else if (present.containsKey(filter)) {
                filters.remove(filter, filter);
                present.computeIfPresent(filter, (key, count) -> count == 1 ? null : count - 1);
            }
            String topic = random(random, "a", "b", "", "c", "$x");
            List<String> found = new ArrayList<>();
            filters.forEach(topic, found::add);
            TreeSet<String> expected = new TreeSet<>();
            present.keySet().stream().filter(f -> Topics.matches(f, topic)).forEach(expected::add);
            assertEquals(expected, new TreeSet<>(found), topic);
        }
        present.forEach((filter, count) -> {
            for (int i = 0; i < count; i++) {
                filters.remove(filter, filter);
            }
        });
        assertTrue(filters.isEmpty());
    }

    private static String random(Random random, String... names) {
        List<String> levels = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            levels.add(names[random.nextInt(names.length)]);
        }
        return String.join("/", levels);
    }

    @Test
    void aTopicAndAFilterOfTheGreatestDepth() {
        String topic = "/".repeat(Topics.MAX_BYTES);
        String filter = "+/".repeat(Topics.MAX_BYTES / 2) + "#";
        FilterTree<String> filters = new FilterTree<>();
        filters.add(filter, "deep");
        filters.add("#", "all");
        List<String> found = new ArrayList<>();
        filters.forEach(Topics.check(topic), found::add);
        assertEquals(List.of("all", "deep"), found);
        assertTrue(Topics.matches(Topics.checkFilter(filter), topic));
        filters.remove(filter, "deep");
        filters.remove("#", "all");
        assertTrue(filters.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "#", "a+", "a\u0000b", "a\uD800", "\uDC00"})
    void refusesWhatIsNoTopic(String topic) {
        String message = assertThrows(IllegalArgumentException.class, () -> Topics.check(topic))
                .getMessage();
        assertTrue(message.endsWith("."), message);
    }

    @Test
    void countsBytes() {
        assertEquals(65_535, Topics.check("é".repeat(32_767) + "a").length() * 2 - 1);
        assertThrows(IllegalArgumentException.class, () -> Topics.check("é".repeat(32_768)));
        assertThrows(IllegalArgumentException.class, () -> Topics.check("😀".repeat(16_384)));
        Topics.check("😀".repeat(16_383));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "a/#/b", "#/", "a/b+", "++"})
    void refusesWhatIsNoFilter(String filter) {
        assertThrows(IllegalArgumentException.class, () -> Topics.checkFilter(filter));
    }
}
