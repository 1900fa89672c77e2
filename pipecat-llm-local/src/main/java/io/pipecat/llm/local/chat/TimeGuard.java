package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks that the time is asked for, and of the place that a call names. */
final class TimeGuard {
    private static final Pattern IN_A_PLACE = Pattern.compile(
            "\\b[Ii]n (?!English|German|French|Spanish|January|February|March|April|May|June|July|August|September|October|November|December)\\p{Lu}\\p{Ll}+");
    // When something is to happen, and not what time it is.
    private static final Pattern NO_TIME = Pattern.compile(
            "\\b(?:what time|when) (?:does|do|did|will|should|shall|can|must)\\b(?!.*\\b(?:have|clocks?|make it|say)\\b)"
                    + "|^(?!.*\\b(?:(?:what|which|the) (?:day|date|time|month|year|weekday)|current)\\b).*\\bhow many (?!hours (?:ahead|behind))");
    // Nobody asks for the time without one of these.
    private static final Pattern OF_TIME = Pattern.compile(
            "\\b(?:time|times|timezone|day|days|date|clocks?|hours?|o'? ?clock|today|tonight|weekday|months?|years?|weeks?|weekend|late|early|half past|quarter (?:past|to)|midnight|noon|midday|morning|afternoon|evening|night|now|tomorrow"
                    + "|calendar|ahead|behind|asleep|awake|pm|am|zone|minutes?|dark|already|yet|still|mon(?:day)?|tue(?:sday)?|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august"
                    + "|september|october|november|december)(?:'s)?\\b");
    // And in Tokyo?
    private static final Pattern ALONE = Pattern.compile(
            "(?:[^\\p{L}\\p{N}]|\\b(?:and|or|what|how|about|now|then|ok|in|for|at|over|of|to|please|pls)\\b)*+");
    private static final Pattern PLACE_TIME = Pattern.compile(
            "^(?!(?:What|The|Current|Local|Tell|Give|Show|My|Our|Your|This|Right|Exact|Say|Please|Check|Get|Any|Hey|Ok|Date|And|Got|Need|Party|Dinner)\\b)\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)? time\\W*$");

    private TimeGuard() {}

    /** Returns the arguments with the place that was named and left out. */
    static JsonObject placed(JsonObject arguments, String asked) {
        boolean here = arguments.string("zone").orElse("").isBlank();
        return here
                ? Places.in(asked)
                        .map(place -> arguments.toBuilder().put("zone", place).build())
                        .orElse(arguments)
                : arguments;
    }

    /**
     * Checks a call of the clock.
     *
     * @return what to say instead, if it is not asked for
     */
    static Optional<String> time(JsonObject arguments, String asked) {
        if (NO_TIME.matcher(Said.plain(asked)).find()) {
            return Optional.of(WishGuard.OUTSIDE);
        }
        String zone = arguments.string("zone").orElse("");
        boolean follows = !zone.isBlank()
                && ALONE.matcher(Said.plain(asked).replace(Said.plain(zone), ""))
                        .matches();
        if (!follows
                && !OF_TIME.matcher(Slips.OF_TIMES.mended(Said.plain(asked))).find()) {
            return Optional.of(WishGuard.OUTSIDE);
        }
        // "Got how late it is", "is it too late to cail Sequi".
        boolean place = zone.isBlank() || follows || Places.isNamed(zone, asked);
        boolean elsewhere = zone.isBlank()
                && (IN_A_PLACE.matcher(asked).find()
                        || PLACE_TIME.matcher(asked.strip()).find());
        return Said.within(zone, asked) && place && !elsewhere
                ? Optional.empty()
                : Optional.of("Sorry, I did not understand for which place you want the time.");
    }
}
