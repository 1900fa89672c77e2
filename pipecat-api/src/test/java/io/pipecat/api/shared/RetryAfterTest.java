package io.pipecat.api.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "3, 3000",
        "0, 0",
        "1.5, 1500",
        "'Sun, 22 Nov 2026 12:01:00 GMT', 60000",
        "'Sun, 22 Nov 2026 11:00:00 GMT', 0",
        "999999999, 999999999000"
    })
    void isASpanOrADate(String header, long millis) {
        assertEquals(Optional.of(Duration.ofMillis(millis)), RetryAfter.of(header, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "99999999999999999999", "1e9", "22 Nov"})
    void anythingElseIsIgnored(String header) {
        assertEquals(Optional.empty(), RetryAfter.of(header, NOW));
    }

    @Test
    void mayBeMissing() {
        assertEquals(Optional.empty(), RetryAfter.of(null, NOW));
    }
}
