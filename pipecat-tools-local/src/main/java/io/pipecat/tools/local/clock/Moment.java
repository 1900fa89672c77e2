package io.pipecat.tools.local.clock;

import io.pipecat.api.tool.ToolException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

/**
 * A point in time that somebody wrote.
 *
 * @param at when it is; the beginning of the day for a mere date
 * @param dateOnly whether no time of day was given
 */
record Moment(ZonedDateTime at, boolean dateOnly) {
    private static final int MAX_LENGTH = 80;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("H:mm[:ss]", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final List<DateTimeFormatter> DATES = List.of(
            date("uuuu-MM-dd"),
            date("d.M.uuuu"),
            date("d['.'] MMMM uuuu"),
            date("d['.'] MMM uuuu"),
            date("MMMM d[','] uuuu"),
            date("MMM d[','] uuuu"));

    private static DateTimeFormatter date(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Reads what somebody wrote.
     *
     * @param now the present, in the zone that holds where the text names none
     * @throws ToolException if it is no date or time; says which forms are understood
     */
    static Moment parse(String text, ZonedDateTime now) throws ToolException {
        String given = text.strip();
        LocalDate today = now.toLocalDate();
        switch (given.toLowerCase(Locale.ROOT)) {
            case "now" -> {
                return new Moment(now, false);
            }
            case "today" -> {
                return ofDate(today, now);
            }
            case "tomorrow" -> {
                return ofDate(today.plusDays(1), now);
            }
            case "yesterday" -> {
                return ofDate(today.minusDays(1), now);
            }
            default -> {}
        }
        try {
            return parseWritten(given, now);
        } catch (DateTimeException e) {
            String shown = given.length() <= MAX_LENGTH ? given : given.substring(0, MAX_LENGTH) + "…";
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "'" + shown
                            + "' is no date or time that exists. Write 2026-12-24, 2026-12-24T18:00 (with +01:00 at the end for"
                            + " another offset), 24 December 2026, 18:00 for today, or now, today, tomorrow, yesterday.",
                    e);
        }
    }

    private static Moment ofDate(LocalDate date, ZonedDateTime now) {
        return new Moment(date.atStartOfDay(now.getZone()), true);
    }

    private static Moment parseWritten(String given, ZonedDateTime now) {
        if (given.length() > MAX_LENGTH) {
            throw new DateTimeException("longer than any date");
        }
        if (given.matches("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")) {
            return new Moment(
                    now.toLocalDate().atTime(LocalTime.parse(given, TIME)).atZone(now.getZone()), false);
        }
        if (given.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]+[0-9]{2}:.*")) {
            String iso = given.replaceFirst("[Tt ]+", "T").replace(" ", "");
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from);
            return new Moment(
                    parsed instanceof LocalDateTime local ? local.atZone(now.getZone()) : ZonedDateTime.from(parsed),
                    false);
        }
        String spaced = given.replaceAll("\\s+", " ");
        for (DateTimeFormatter format : DATES) {
            ParsePosition position = new ParsePosition(0);
            if (format.parseUnresolved(spaced, position) != null && position.getIndex() == spaced.length()) {
                return ofDate(LocalDate.parse(spaced, format), now);
            }
        }
        throw new DateTimeException("no known form");
    }
}
