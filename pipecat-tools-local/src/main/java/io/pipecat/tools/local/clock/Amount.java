package io.pipecat.tools.local.clock;

import io.pipecat.api.tool.ToolException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time that somebody wrote: {@code 1 month and 2.5 hours}.
 *
 * @param calendar years, months and days, which are as long as the calendar says
 * @param clock hours, minutes and seconds, which always have the same length
 */
record Amount(Period calendar, Duration clock) {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?([a-z]+)(?:,| and)? ?");
    private static final int MAX_LENGTH = 80;
    private static final int DAYS_A_WEEK = 7;
    private static final Map<String, Integer> SECONDS = Map.ofEntries(
            Map.entry("s", 1),
            Map.entry("sec", 1),
            Map.entry("second", 1),
            Map.entry("m", 60),
            Map.entry("min", 60),
            Map.entry("minute", 60),
            Map.entry("h", 3600),
            Map.entry("hr", 3600),
            Map.entry("hour", 3600));

    /** @throws ToolException if it is no length of time; says how to write one */
    static Amount parse(String text) throws ToolException {
        String given = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        boolean negative = given.startsWith("-") || given.startsWith("−") || given.endsWith(" ago");
        String rest = given.replaceFirst("^[+\\-−] ?", "").replaceFirst(" ago$", "");
        Matcher part = PART.matcher(rest);
        Period calendar = Period.ZERO;
        Duration clock = Duration.ZERO;
        int end = 0;
        try {
            while (rest.length() <= MAX_LENGTH && part.find() && part.start() == end) {
                BigDecimal count = new BigDecimal(part.group(1));
                String unit = singular(part.group(2));
                Integer seconds = SECONDS.get(unit);
                if (seconds != null) {
                    clock = clock.plus(seconds(count, seconds));
                } else {
                    calendar = calendar.plus(calendar(count.intValueExact(), unit));
                }
                end = part.end();
            }
        } catch (ArithmeticException | DateTimeException e) {
            throw unreadable(given);
        }
        if (end == 0 || end != rest.length()) {
            throw unreadable(given);
        }
        return negative ? new Amount(calendar.negated(), clock.negated()) : new Amount(calendar, clock);
    }

    private static String singular(String unit) {
        return unit.length() > 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }

    private static Duration seconds(BigDecimal count, int unit) {
        BigDecimal seconds = count.multiply(BigDecimal.valueOf(unit)).setScale(0, RoundingMode.HALF_UP);
        return Duration.ofSeconds(seconds.longValueExact());
    }

    private static Period calendar(int count, String unit) {
        return switch (unit) {
            case "d", "day" -> Period.ofDays(count);
            case "w", "week" -> Period.ofDays(Math.multiplyExact(count, DAYS_A_WEEK));
            case "month" -> Period.ofMonths(count);
            case "y", "year" -> Period.ofYears(count);
            default -> throw new DateTimeException("no unit " + unit);
        };
    }

    private static ToolException unreadable(String given) {
        String shown = given.length() <= MAX_LENGTH ? given : given.substring(0, MAX_LENGTH) + "…";
        return ToolException.failed(
                "'" + shown + "' is no length of time. Write 3 days, 2 hours 30 minutes or 1.5 hours, with a"
                        + " minus in front to go back; years, months, weeks and days take whole numbers.");
    }

    /** @throws DateTimeException if the calendar does not reach as far */
    ZonedDateTime addTo(ZonedDateTime start) {
        return start.plus(calendar).plus(clock);
    }
}
