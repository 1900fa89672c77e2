package io.pipecat.tools.local.clock;

import io.pipecat.api.tool.ToolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a time zone by what a person calls it: an IANA id, an offset from UTC, a city, a country. */
final class Zones {
    private static final String HELP =
            "Give an IANA zone such as Europe/Berlin, an offset such as +02:00, or a large city or a country.";
    private static final Pattern OFFSET =
            Pattern.compile("(?:utc|gmt)? ?([+\\-−])([0-9]{1,2})(?::?([0-9]{2}))?", Pattern.CASE_INSENSITIVE);
    private static final int MAX_SHOWN = 60;

    /** Built when the first call asks; a node that never does pays nothing. */
    private static final class Table {
        /** By normalised name; several where the name does not say which. */
        static final Map<String, List<String>> PLACES = places();
    }

    private Zones() {}

    /**
     * Returns the zone of a place.
     *
     * @throws ToolException if no place or several have that name; names the nearest or all
     */
    static ZoneId find(String name) throws ToolException {
        Optional<ZoneId> offset = offset(name.strip());
        if (offset.isPresent()) {
            return offset.get();
        }
        String wanted = normalise(name);
        List<String> ids = Table.PLACES.getOrDefault(wanted, List.of());
        if (ids.isEmpty() && name.contains(",")) {
            // "Paris, France": the first part is the most precise.
            ids = Table.PLACES.getOrDefault(normalise(name.substring(0, name.indexOf(','))), List.of());
        }
        return switch (ids.size()) {
            case 1 -> ZoneId.of(ids.getFirst());
            case 0 -> throw unknown(name, wanted);
            default ->
                throw ToolException.failed("'" + shortened(name) + "' has several time zones: say which of "
                        + String.join(", ", ids) + ".");
        };
    }

    /** How a zone is shown: {@code UTC} instead of {@code Z}. */
    static String show(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private static Optional<ZoneId> offset(String text) throws ToolException {
        if (text.equalsIgnoreCase("utc") || text.equalsIgnoreCase("gmt") || text.equalsIgnoreCase("z")) {
            return Optional.of(ZoneOffset.UTC);
        }
        Matcher matcher = OFFSET.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int sign = matcher.group(1).equals("+") ? 1 : -1;
        int hours = Integer.parseInt(matcher.group(2));
        int minutes = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        try {
            return Optional.of(ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes));
        } catch (DateTimeException e) {
            throw new ToolException(
                    ToolException.Reason.FAILED,
                    "'" + text + "' is no offset from UTC: they lie between -18:00 and +18:00.",
                    e);
        }
    }

    private static ToolException unknown(String name, String wanted) {
        int tolerated = Math.max(1, wanted.length() / 3);
        Optional<String> nearest = wanted.length() > MAX_SHOWN
                ? Optional.empty()
                : Table.PLACES.keySet().stream()
                        .filter(candidate -> distance(candidate, wanted) <= tolerated)
                        .min(Comparator.<String>comparingInt(candidate -> distance(candidate, wanted))
                                .thenComparing(Comparator.naturalOrder()));
        String suggestion = nearest.map(place -> " Did you mean '" + place + "' ("
                        + String.join(", ", Table.PLACES.getOrDefault(place, List.of())) + ")?")
                .orElse("");
        return ToolException.failed(
                "No time zone or place is known as '" + shortened(name) + "'." + suggestion + " " + HELP);
    }

    private static String shortened(String name) {
        return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
    }

    /** The number of letters to insert, remove or exchange to make one of the other. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(exchanged, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }

    /** Lower case, without accents, with single spaces for whatever separates words. */
    private static String normalise(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_.\\-]+", " ")
                .strip();
    }

    private static Map<String, List<String>> places() {
        Map<String, List<String>> places = new HashMap<>();
        // The lower ones give way to the upper ones, and the shorter of two ids is the one in use: America/Louisville.
        List<String> ids = ZoneId.getAvailableZoneIds().stream()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
        ids.stream().filter(id -> !id.startsWith("SystemV/")).forEach(id -> places.put(normalise(id), List.of(id)));
        for (String id : ids) {
            int slash = id.lastIndexOf('/');
            if (slash > 0 && !id.startsWith("Etc/") && !id.startsWith("SystemV/")) {
                places.putIfAbsent(normalise(id.substring(slash + 1)), List.of(id));
            }
        }
        places.putAll(readPlaces());
        return places;
    }

    private static Map<String, List<String>> readPlaces() {
        Map<String, List<String>> places = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(Zones.class.getResourceAsStream("places.txt"), "places.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int equals = line.indexOf('=');
                if (!line.startsWith("#") && equals > 0) {
                    List<String> ids =
                            List.of(line.substring(equals + 1).strip().split(" +", -1));
                    for (String name : line.substring(0, equals).split(",", -1)) {
                        places.put(name.strip(), ids);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read places.txt from this jar", e);
        }
        return places;
    }
}
