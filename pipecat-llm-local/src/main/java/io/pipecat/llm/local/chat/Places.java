package io.pipecat.llm.local.chat;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the place that the time is asked for, among the cities that zones are named after; a small model leaves it out now and then. */
final class Places {
    // Words of their own, and names of zones that nobody asks for.
    private static final Set<String> OTHERS = Set.of(
            "central eastern western northern southern pacific mountain atlantic general center universal east west north south arizona michigan"
                    .split(" "));
    private static final String NAMES = ZoneId.getAvailableZoneIds().stream()
            .map(zone ->
                    zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ').toLowerCase(Locale.ROOT))
            .filter(name -> name.matches("[a-z][a-z ]{3,}") && !OTHERS.contains(name))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .collect(Collectors.joining("|"));
    private static final Pattern PLACE = Pattern.compile(
            "\\b(?:in|at|for|time|date|day|clock) (" + NAMES + ")\\b|\\b(" + NAMES + ") (?:time|date|clock)\\b",
            Pattern.CASE_INSENSITIVE);

    private Places() {}

    /** Returns the place as it was said. */
    static Optional<String> in(String asked) {
        Matcher place = PLACE.matcher(asked);
        return place.find() ? Optional.of(place.group(1) == null ? place.group(2) : place.group(1)) : Optional.empty();
    }
}
