package io.pipecat.tools.local.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.tool.Tool;
import io.pipecat.tools.local.Calls;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockToolTest {
    /** A Thursday. */
    private static final Instant NOW = Instant.parse("2026-11-05T23:30:15.987Z");

    private static Tool clock(Instant instant, String zone) {
        return Tool.annotated(new ClockTool(Clock.fixed(instant, ZoneId.of(zone))));
    }

    private final Tool clock = clock(NOW, "Europe/Berlin");

    private static JsonObject arguments(String... namesAndValues) {
        JsonObject.Builder arguments = JsonObject.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], new JsonString(namesAndValues[i + 1]));
        }
        return arguments.build();
    }

    private String iso(String method, String... namesAndValues) throws Exception {
        return Calls.object(clock, method, arguments(namesAndValues))
                .string("iso")
                .orElseThrow();
    }

    @Test
    void tellsThePresentHere() throws Exception {
        assertEquals(
                "{\"time\":\"00:30:15\",\"date\":\"2026-11-06\",\"weekday\":\"Friday\",\"zone\":\"Europe/Berlin\","
                        + "\"utc_offset\":\"+01:00\",\"iso\":\"2026-11-06T00:30:15+01:00\"}",
                Calls.call(clock, "now", JsonObject.EMPTY).toString());
        assertEquals(iso("now"), iso("now", "zone", " "));
    }

    @Test
    void utcIsCalledUtc() throws Exception {
        Tool utc = Tool.annotated(new ClockTool(Clock.fixed(NOW, ZoneOffset.UTC)));
        JsonObject now = Calls.object(utc, "now", JsonObject.EMPTY);
        assertEquals("UTC", now.string("zone").orElseThrow());
        assertEquals("+00:00", now.string("utc_offset").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:59:59Z, 2026-03-29T01:59:59+01:00",
        "2026-03-29T01:00:00Z, 2026-03-29T03:00:00+02:00",
        "2026-10-25T00:59:59Z, 2026-10-25T02:59:59+02:00",
        "2026-10-25T01:00:00Z, 2026-10-25T02:00:00+01:00",
    })
    void summerTimeBeginsAndEnds(Instant instant, String iso) throws Exception {
        assertEquals(
                iso,
                Calls.object(clock(instant, "Europe/Berlin"), "now", JsonObject.EMPTY)
                        .string("iso")
                        .orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-12-24          | 48  | 0  | 0  | 0  | 48 days (1 month and 18 days)
            2026-11-07          | 1   | 0  | 0  | 0  | 1 day
            24.12.2026          | 48  | 0  | 0  | 0  | 48 days (1 month and 18 days)
            24 December 2026    | 48  | 0  | 0  | 0  | 48 days (1 month and 18 days)
            24. dec 2026        | 48  | 0  | 0  | 0  | 48 days (1 month and 18 days)
            December 24, 2026   | 48  | 0  | 0  | 0  | 48 days (1 month and 18 days)
            Dec 24 2026         | 48  | 0  | 0  | 0  | 48 days (1 month and 18 days)
            today               | 0   | 0  | 0  | 0  | 0 days
            Tomorrow            | 1   | 0  | 0  | 0  | 1 day
            yesterday           | -1  | 0  | 0  | 0  | 1 day earlier
            1969-07-20          | -20928 | 0 | 0 | 0 | 20928 days (57 years, 3 months and 17 days) earlier
            now                 | 0   | 0  | 0  | 0  | 0 seconds
            00:30:16            | 0   | 0  | 0  | 1  | 1 second
            18:00               | 0   | 17 | 29 | 45 | 17 hours, 29 minutes and 45 seconds
            2026-11-08T02:31:15 | 2   | 2  | 1  | 0  | 2 days, 2 hours and 1 minute
            2026-11-08 02:31:15 | 2   | 2  | 1  | 0  | 2 days, 2 hours and 1 minute
            2026-11-05T23:30:15Z | 0  | 0  | 0  | 0  | 0 seconds
            2026-11-05T18:30:15-05:00 | 0 | 0 | 0 | 0 | 0 seconds
            2026-11-06 08:30:15+09:00[Asia/Tokyo] | 0 | 0 | 0 | 0 | 0 seconds
            2026-11-04T23:30:15Z | -1 | 0  | 0  | 0  | 1 day earlier
            2026-11-05T22:29:14Z | 0 | -1  | -1 | -1 | 1 hour, 1 minute and 1 second earlier
            """)
    void differenceFromNow(String to, long days, int hours, int minutes, int seconds, String words) throws Exception {
        JsonObject difference = Calls.object(clock, "difference", arguments("to", to));
        assertEquals(words, difference.string("words").orElseThrow());
        assertEquals(days, difference.number("days").orElseThrow().toLong());
        assertEquals(hours, difference.number("hours").orElseThrow().toInt());
        assertEquals(minutes, difference.number("minutes").orElseThrow().toInt());
        assertEquals(seconds, difference.number("seconds").orElseThrow().toInt());
        assertEquals(
                ((days * 24 + hours) * 60 + minutes) * 60 + seconds,
                difference.number("total_seconds").orElseThrow().toLong());
    }

    @Test
    void differenceCountsRealTimeOverAChangeOfClocks() throws Exception {
        JsonObject spring =
                Calls.object(clock, "difference", arguments("from", "2026-03-28T12:00", "to", "2026-03-29T12:00"));
        assertEquals("23 hours", spring.string("words").orElseThrow());
        JsonObject dates = Calls.object(clock, "difference", arguments("from", "2026-03-28", "to", "2026-03-29"));
        assertEquals("1 day", dates.string("words").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "",
                "12/24/2026",
                "2026-02-30",
                "31.02.2026",
                "2026-13-01",
                "25:00",
                "2026-12-24T25:00",
                "2026-12-24T18:00 Uhr",
                "99999-01-01"
            })
    void whatIsNoDateIsNamed(String text) {
        String message = Calls.failure(clock, "difference", arguments("to", text));
        assertTrue(message.startsWith("'" + text + "' is no date or time that exists. Write 2026-12-24, "), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 days                    | now              | 2026-11-09T00:30:15+01:00
            1 day                     | today            | 2026-11-07T00:00:00+01:00
            2 hours 30 minutes        | now              | 2026-11-06T03:00:15+01:00
            2 hours, 30 min and 5 s   | now              | 2026-11-06T03:00:20+01:00
            1.5 hours                 | now              | 2026-11-06T02:00:15+01:00
            2h30m                     | now              | 2026-11-06T03:00:15+01:00
            -1 week                   | now              | 2026-10-30T00:30:15+01:00
            2 weeks ago               | now              | 2026-10-23T00:30:15+02:00
            1 month                   | 2026-01-31       | 2026-02-28T00:00:00+01:00
            1 year                    | 2024-02-29       | 2025-02-28T00:00:00+01:00
            1 day                     | 2026-03-28T12:00 | 2026-03-29T12:00:00+02:00
            24 hours                  | 2026-03-28T12:00 | 2026-03-29T13:00:00+02:00
            1 day                     | 2026-03-28T02:30 | 2026-03-29T03:30:00+02:00
            """)
    void adds(String amount, String to, String iso) throws Exception {
        assertEquals(iso, iso("add", "amount", amount, "to", to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "days", "3 fortnights", "1.5 days", "3 days later", "3 days x", "-", "1 2 days"})
    void whatIsNoAmountIsNamed(String amount) {
        String message = Calls.failure(clock, "add", arguments("amount", amount));
        assertTrue(
                message.startsWith("'" + amount + "' is no length of time. Write 3 days, 2 hours 30 minutes"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9000 years", "-3000 years", "999999999 years", "999999999 weeks", "999999999 months"})
    void whatLeavesTheCalendarIsNamed(String amount) {
        String message = Calls.failure(clock, "add", arguments("amount", amount));
        assertTrue(
                message.equals("'" + amount + "' leads out of the years 1 to 9999: take less.")
                        || message.startsWith("'" + amount + "' is no length of time."),
                message);
    }
}
