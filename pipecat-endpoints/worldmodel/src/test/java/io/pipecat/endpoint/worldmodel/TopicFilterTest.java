package io.pipecat.endpoint.worldmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "#, a/b, true",
        "#, $SYS/a, false",
        "+/a, $SYS/a, false",
        "$SYS/#, $SYS/a, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/+, a/, true",
        "a/+, a/b/c, false",
        "a/+/c, a/b/c, true",
        "a/+/c, a/b/d, false",
        "+/+, /x, true",
        "/+, /x, true",
        "+, /x, false",
        "a/+/#, a/b, true",
        "a/+/#, a, false",
        "a/b, a/b, true",
        "a/b, a/bc, false",
        "a/b/, a/b, false",
    })
    void matchesAsMqttDefines(String filter, String topic, boolean matches) {
        assertEquals(matches, new TopicFilter(filter).matches(topic));
    }
}
