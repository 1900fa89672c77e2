package io.pipecat.tools.local;

import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;

/** Lengths of time as people say them: {@code 3 days, 2 hours and 1 minute}. */
public final class DurationWords {
    private DurationWords() {}

    /**
     * Says a duration in days of 24 hours, hours, minutes and seconds.
     *
     * @param duration the duration; its sign is left out
     * @return the words; {@code 0 seconds} for none
     */
    public static String of(Duration duration) {
        Duration length = duration.abs();
        List<String> words = new ArrayList<>();
        add(words, length.toDays(), "day");
        add(words, length.toHoursPart(), "hour");
        add(words, length.toMinutesPart(), "minute");
        add(words, length.toSecondsPart(), "second");
        return words.isEmpty() ? "0 seconds" : join(words);
    }

    /**
     * Says a period in years, months and days.
     *
     * @param period the period, none of whose parts is negative
     * @return the words; {@code 0 days} for none
     */
    public static String of(Period period) {
        List<String> words = new ArrayList<>();
        add(words, period.getYears(), "year");
        add(words, period.getMonths(), "month");
        add(words, period.getDays(), "day");
        return words.isEmpty() ? "0 days" : join(words);
    }

    private static void add(List<String> words, long count, String unit) {
        if (count != 0) {
            words.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    private static String join(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.getFirst() : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
