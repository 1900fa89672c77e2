package io.pipecat.tools.local.clock;

import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import io.pipecat.tools.local.DurationWords;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the time and reckons with it. Stateless and thread-safe; knows the present from the clock it is given and nowhere else. */
@ToolInfo(
        name = "clock",
        description = "Tells the date and the time, here or anywhere, and reckons with dates.",
        placement = Placement.LIGHT)
public final class ClockTool {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx", Locale.ROOT);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final int LAST_YEAR = 9999;

    private final Clock clock;

    /**
     * Makes the tool.
     *
     * @param clock the present, in the zone that holds where a call names none
     */
    public ClockTool(Clock clock) {
        this.clock = clock;
    }

    /**
     * A point in time.
     *
     * @param time the time of day, {@code HH:MM:SS}
     * @param date the date, {@code YYYY-MM-DD}
     * @param weekday the day of the week in English
     * @param zone the IANA id of the zone, or an offset
     * @param utcOffset how far it is ahead of UTC, {@code +HH:MM}
     * @param iso all of it in the form of ISO 8601
     */
    public record Reading(String time, String date, String weekday, String zone, String utcOffset, String iso) {
        static Reading of(ZonedDateTime at) {
            return new Reading(
                    TIME.format(at),
                    DateTimeFormatter.ISO_LOCAL_DATE.format(at),
                    at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                    Zones.show(at.getZone()),
                    OFFSET.format(at),
                    ISO.format(at));
        }
    }

    /**
     * What lies between two points in time. Every number is negative if the second is earlier.
     *
     * @param from the first: a date, or date, time and offset
     * @param to the second
     * @param days whole days: calendar days between dates, else 24 hours each
     * @param hours what is left in whole hours
     * @param minutes what is left in whole minutes
     * @param seconds what is left in seconds
     * @param totalSeconds all of it in seconds
     * @param words all of it in words
     */
    public record Difference(
            String from, String to, long days, int hours, int minutes, int seconds, long totalSeconds, String words) {}

    /**
     * Tells the present.
     *
     * @param zone where; the clock's own zone if left out
     * @return the present there
     * @throws ToolException if no zone or place has that name
     */
    @ToolMethod("Returns the current time, date and weekday, here or in another place.")
    public Reading now(
            @ToolParam(
                            "A city, a country, an IANA time zone such as Europe/Berlin or an offset such as +02:00; leave it out for here")
                    Optional<String> zone)
            throws ToolException {
        return Reading.of(present(zone.filter(name -> !name.isBlank())));
    }

    private ZonedDateTime present(Optional<String> zone) throws ToolException {
        ZoneId id = zone.isPresent() ? Zones.find(zone.get()) : clock.getZone();
        return clock.instant().atZone(id).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Tells what lies between two points in time. If one of them is a mere date, the days between the two dates are counted.
     *
     * @param from the first
     * @param to the second
     * @return the difference
     * @throws ToolException if one of them is no date or time
     */
    @ToolMethod(
            "Returns how long it is from one date or time to another: how many days until a date, or how long ago something was.")
    public Difference difference(
            @ToolParam(
                            value = "A date or time such as 2026-12-24 or 2026-12-24T18:00, or now, today",
                            defaultValue = "now")
                    String from,
            @ToolParam(value = "The other date or time", defaultValue = "now") String to)
            throws ToolException {
        ZonedDateTime now = present(Optional.empty());
        Moment first = Moment.parse(from, now);
        Moment second = Moment.parse(to, now);
        return first.dateOnly() || second.dateOnly()
                ? between(first.at().toLocalDate(), second.at().toLocalDate())
                : between(first.at(), second.at());
    }

    private static Difference between(LocalDate from, LocalDate to) {
        long days = ChronoUnit.DAYS.between(from, to);
        Period period = days >= 0 ? Period.between(from, to) : Period.between(to, from);
        String words = DurationWords.of(Period.ofDays(Math.toIntExact(Math.abs(days))));
        if (period.toTotalMonths() > 0) {
            words += " (" + DurationWords.of(period) + ")";
        }
        return new Difference(
                from.toString(),
                to.toString(),
                days,
                0,
                0,
                0,
                Duration.ofDays(days).toSeconds(),
                directed(words, days));
    }

    private static Difference between(ZonedDateTime from, ZonedDateTime to) {
        Duration duration = Duration.between(from, to);
        return new Difference(
                ISO.format(from),
                ISO.format(to),
                duration.toDays(),
                duration.toHoursPart(),
                duration.toMinutesPart(),
                duration.toSecondsPart(),
                duration.toSeconds(),
                directed(DurationWords.of(duration), duration.toSeconds()));
    }

    private static String directed(String words, long sign) {
        return sign < 0 ? words + " earlier" : words;
    }

    /**
     * Tells what comes some time after a point in time.
     *
     * @param amount the time, negative to go back
     * @param to the point in time
     * @return the point in time then
     * @throws ToolException if one of them cannot be read, or the result lies outside the years 1 to 9999
     */
    @ToolMethod("Returns the date and time that comes some time after another, or before it with a minus.")
    public Reading add(
            @ToolParam("How much, such as 3 days, 2 hours 30 minutes, -1 week") String amount,
            @ToolParam(value = "The date or time to start from", defaultValue = "now") String to)
            throws ToolException {
        Amount length = Amount.parse(amount);
        Moment start = Moment.parse(to, present(Optional.empty()));
        try {
            ZonedDateTime end = length.addTo(start.at());
            if (end.getYear() >= 1 && end.getYear() <= LAST_YEAR) {
                return Reading.of(end);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw beyondCalendar(amount, e);
        }
        throw beyondCalendar(amount, null);
    }

    private static ToolException beyondCalendar(String amount, @Nullable Exception cause) {
        return new ToolException(
                ToolException.Reason.FAILED,
                "'" + amount.strip() + "' leads out of the years 1 to " + LAST_YEAR + ": take less.",
                cause);
    }
}
