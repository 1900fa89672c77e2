package io.pipecat.api.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types that settings commonly have. */
final class SettingTypes {
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|m|h|d)?");
    private static final List<String> TRUE = List.of("true", "1", "yes", "on");
    private static final List<String> FALSE = List.of("false", "0", "no", "off");

    private SettingTypes() {}

    static SettingType<String> string() {
        return new SettingType<>("text", List.of(), Function.identity(), Function.identity());
    }

    static SettingType<Secret> secret() {
        return new SettingType<>("a secret", List.of(), Secret::new, Secret::reveal);
    }

    static SettingType<Boolean> bool() {
        return new SettingType<>(
                "true or false",
                List.of("true", "false"),
                text -> {
                    String word = text.strip().toLowerCase(Locale.ROOT);
                    if (!TRUE.contains(word) && !FALSE.contains(word)) {
                        throw new IllegalArgumentException("must be true or false");
                    }
                    return TRUE.contains(word);
                },
                String::valueOf);
    }

    static SettingType<Integer> integer(int min, int max) {
        return new SettingType<>(
                min + " to " + max,
                List.of(),
                text -> {
                    long value;
                    try {
                        value = Long.parseLong(text.strip());
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("must be a whole number from " + min + " to " + max, e);
                    }
                    if (value < min || value > max) {
                        throw new IllegalArgumentException("must be from " + min + " to " + max + "; the nearest is "
                                + Math.clamp(value, min, max));
                    }
                    return (int) value;
                },
                String::valueOf);
    }

    static SettingType<Double> decimal(double min, double max) {
        return new SettingType<>(
                min + " to " + max,
                List.of(),
                text -> {
                    double value;
                    try {
                        value = Double.parseDouble(text.strip());
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException("must be a number from " + min + " to " + max, e);
                    }
                    if (!(value >= min && value <= max)) {
                        throw new IllegalArgumentException("must be from " + min + " to " + max
                                + (Double.isNaN(value) ? "" : "; the nearest is " + Math.clamp(value, min, max)));
                    }
                    return value;
                },
                String::valueOf);
    }

    static SettingType<Duration> duration(Duration min, Duration max) {
        String range = format(min) + " to " + format(max);
        return new SettingType<>(
                "a duration, " + range,
                List.of(),
                text -> {
                    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
                    if (!matcher.matches()) {
                        throw new IllegalArgumentException(
                                "must be a duration such as 500ms, 30s, 5m or 2h (a bare number means seconds)");
                    }
                    double millis = Double.parseDouble(matcher.group(1)) * unitMillis(matcher.group(2));
                    if (millis < min.toMillis() || millis > max.toMillis()) {
                        throw new IllegalArgumentException("must be from " + range + "; the nearest is "
                                + format(millis < min.toMillis() ? min : max));
                    }
                    return Duration.ofMillis(Math.round(millis));
                },
                SettingTypes::format);
    }

    private static long unitMillis(@Nullable String unit) {
        return switch (unit == null ? "s" : unit) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1_000;
        };
    }

    static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static SettingType<URI> httpUrl() {
        return new SettingType<>("an http or https URL", List.of(), SettingTypes::parseHttpUrl, URI::toString);
    }

    static URI parseHttpUrl(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("must be a URL that starts with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("is a URL without a host name or address");
        }
        return uri;
    }

    static SettingType<Path> path() {
        return new SettingType<>(
                "a path",
                List.of(),
                text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
                    }
                },
                Path::toString);
    }

    static SettingType<List<String>> list() {
        return new SettingType<>(
                "a comma-separated list",
                List.of(),
                text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList(),
                values -> String.join(",", values));
    }

    static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        List<String> choices =
                Arrays.stream(type.getEnumConstants()).map(SettingTypes::text).toList();
        return new SettingType<>(
                String.join(", ", choices),
                choices,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> text(constant).equals(text.strip().toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("must be one of " + String.join(", ", choices))),
                SettingTypes::text);
    }

    static SettingType<String> choice(List<String> choices) {
        return new SettingType<>(
                String.join(", ", choices),
                choices,
                text -> {
                    String word = text.strip().toLowerCase(Locale.ROOT);
                    if (!choices.contains(word)) {
                        throw new IllegalArgumentException("must be one of " + String.join(", ", choices));
                    }
                    return word;
                },
                Function.identity());
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
