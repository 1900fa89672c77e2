package io.pipecat.api.shared;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds or an HTTP date. */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param header what it says; null where there is none
     * @param now the time, for a date
     * @return how long to wait; empty without a header that can be read
     */
    public static Optional<Duration> of(@Nullable String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        // Some servers send fractions of a second; longer numbers would overflow and mean "never".
        if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return Optional.of(Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1000)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException e) {
            // A header that cannot be read is as good as none: the own waiting time counts.
            return Optional.empty();
        }
    }
}
