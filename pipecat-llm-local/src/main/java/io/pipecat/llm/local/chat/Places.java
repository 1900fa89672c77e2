package io.pipecat.llm.local.chat;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the place that the time is asked for, among the cities that zones are named after; a small model leaves it out now and then. */
final class Places {
    // Words of their own, and names of zones that nobody asks for.
    private static final Set<String> OTHERS = Set.of("""
            central eastern western northern southern pacific mountain atlantic general center universal east west north south arizona michigan
            christmas wake turkey troll midway reunion jersey easter casey davis palmer vincent dawson creston knox factory navajo zulu""".split("\\s+"));
    private static final Set<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .map(zone ->
                    zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ').toLowerCase(Locale.ROOT))
            .filter(name -> name.length() > 3 && !OTHERS.contains(name))
            .collect(Collectors.toUnmodifiableSet());
    private static final String PLACED =
            "\\b(?:in|at|for|of|on|over|from|call|phone|ring|text|reach|time|clock|date|hour|about|and|or|now|it|(?:fly|flying|flew|went|going|gone|moved|travel+ed|get|got) to)";
    // What time does Peru have; only of a name, since lunch is none.
    private static final String ASKED_OF = "\\b(?:do|does|is|are)";
    private static final String TIMED = "(?:local |current )?(?:time|clock|date|hour|day|now)\\b";
    private static final int MOST_WORDS = 3;
    private static final Pattern PART = Pattern.compile("[,;.!?]|\\s(?:and|then|also|plus)\\s");
    private static final Pattern WORD = Pattern.compile("[\\p{L}']+");
    private static final Set<String> TIME = Set.of("time", "clock", "date", "hour", "late", "early", "day");
    private static final Set<String> BEFORE = Set.of("in", "at", "for", "time", "clock");
    private static final Set<String> AFTER = Set.of("time", "clock");

    private Places() {}

    /** Returns the place as it was said; empty where there are several, or the time here is asked for as well. */
    static Optional<String> in(String asked) {
        List<List<String>> parts = PART.splitAsStream(asked)
                .map(part ->
                        WORD.matcher(part).results().map(MatchResult::group).toList())
                .toList();
        List<String> places = parts.stream().flatMap(Places::named).distinct().toList();
        boolean asksForTheTime = parts.stream()
                .anyMatch(part -> named(part).findAny().isPresent()
                        && part.stream().anyMatch(word -> TIME.contains(word.toLowerCase(Locale.ROOT))));
        boolean here = parts.stream().flatMap(List::stream).anyMatch("here"::equalsIgnoreCase);
        return places.size() == 1 && asksForTheTime && !here ? Optional.of(places.getFirst()) : Optional.empty();
    }

    /** Returns whether a name is that of a city, or stands as a place does: in Bielefeld, Bielefeld time, "Bielefeld, how late is it". */
    static boolean isNamed(String name, String asked) {
        String place = Said.plain(name);
        String words = Pattern.quote(place) + "(?![\\p{L}\\p{N}])";
        boolean capital = Character.isUpperCase(name.strip().codePointAt(0));
        String placed = "(?:" + PLACED + (capital ? "|" + ASKED_OF : "") + ")(?: the)? " + words;
        String called = "^(?!(?:hey|hi|hello|ok|okay|dear)\\b)" + words + "[,:]";
        String timed = "(?<![\\p{L}\\p{N}])" + words + "[,:]? " + TIMED;
        return NAMES.contains(place.substring(place.lastIndexOf('/') + 1).replace('_', ' '))
                || Pattern.compile(placed + "|" + called + "|" + timed)
                        .matcher(Said.plain(asked))
                        .find();
    }

    private static Stream<String> named(List<String> words) {
        List<String> low =
                words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        return IntStream.range(0, words.size())
                .boxed()
                .flatMap(from -> IntStream.rangeClosed(from + 1, Math.min(from + MOST_WORDS, words.size()))
                        .filter(to -> (from > 0 && BEFORE.contains(low.get(from - 1)))
                                || (to < low.size() && AFTER.contains(low.get(to))))
                        .mapToObj(to -> String.join(" ", words.subList(from, to))))
                .filter(name -> NAMES.contains(name.toLowerCase(Locale.ROOT)));
    }
}
