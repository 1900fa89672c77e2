package io.pipecat.tools.remote;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds or an HTTP date. */
final class RetryAfter {
    private RetryAfter() {}

    static Optional<Duration> of(Headers headers, Instant now) {
        String value = headers.get("Retry-After");
        if (value == null) {
            return Optional.empty();
        }
        String text = value.strip();
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
