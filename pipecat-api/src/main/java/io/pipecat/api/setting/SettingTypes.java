package io.pipecat.api.setting;

import io.pipecat.api.json.JsonNumber;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types that settings commonly have. */
final class SettingTypes {
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|m|h|d)?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,100}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern HTTP = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);
    private static final int MAX_PORT = 65_535;
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
                    boolean isTrue = TRUE.contains(word(text));
                    if (!isTrue && !FALSE.contains(word(text))) {
                        throw new IllegalArgumentException("must be true or false");
                    }
                    return isTrue;
                },
                String::valueOf);
    }

    static SettingType<Integer> integer(int min, int max) {
        checkRange(min <= max, min, max);
        String range = min + " to " + max;
        return new SettingType<>(
                range,
                List.of(),
                text -> {
                    String number = text.strip();
                    if (!WHOLE.matcher(number).matches()) {
                        throw new IllegalArgumentException("must be a whole number from " + range);
                    }
                    BigDecimal value = new BigDecimal(number);
                    return inRange(value, BigDecimal.valueOf(min), BigDecimal.valueOf(max), range, String::valueOf)
                            .intValueExact();
                },
                String::valueOf);
    }

    static SettingType<Double> decimal(double min, double max) {
        // NaN is in no range.
        checkRange(min <= max, min, max);
        String range = text(min) + " to " + text(max);
        return new SettingType<>(
                range,
                List.of(),
                text -> {
                    // Double.parseDouble alone would also take 1f, 0x1p3 and NaN.
                    if (!NUMBER.matcher(text.strip()).matches()) {
                        throw new IllegalArgumentException("must be a number from " + range);
                    }
                    return inRange(Double.parseDouble(text.strip()), min, max, range, SettingTypes::text);
                },
                SettingTypes::text);
    }

    private static String text(double value) {
        return Double.isInfinite(value)
                ? String.valueOf(value)
                : JsonNumber.of(value).text();
    }

    static SettingType<Duration> duration(Duration min, Duration max) {
        checkRange(!min.isNegative() && min.compareTo(max) <= 0, min, max);
        String range = format(min) + " to " + format(max);
        return new SettingType<>(
                "a duration, " + range,
                List.of(),
                text -> {
                    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
                    if (!matcher.matches()) {
                        throw new IllegalArgumentException("must be a duration from " + range
                                + ", such as 500ms, 30s, 5m or 2h (a bare number means seconds)");
                    }
                    BigDecimal millis =
                            new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitMillis(matcher.group(2))));
                    BigDecimal checked = inRange(
                            millis,
                            BigDecimal.valueOf(min.toMillis()),
                            BigDecimal.valueOf(max.toMillis()),
                            range,
                            nearest -> format(Duration.ofMillis(nearest.longValueExact())));
                    return Duration.ofMillis(
                            checked.setScale(0, RoundingMode.HALF_UP).longValueExact());
                },
                SettingTypes::format);
    }

    private static void checkRange(boolean valid, Object min, Object max) {
        if (!valid) {
            throw new IllegalArgumentException("not a range for a setting: " + min + " to " + max);
        }
    }

    private static <C extends Comparable<C>> C inRange(
            C value, C min, C max, String range, Function<C, String> formatter) {
        boolean below = value.compareTo(min) < 0;
        if (below || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "must be from " + range + "; the nearest is " + formatter.apply(below ? min : max));
        }
        return value;
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
        // Asked before the text is parsed: of "10.0.0.5:8080" a parser only says that its scheme is odd.
        if (!HTTP.matcher(text.strip()).lookingAt()) {
            throw new IllegalArgumentException("must be a URL that starts with http:// or https://");
        }
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "must not hold a user name or password: a URL is shown, and a key has a setting of its own");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "has no valid host: a name of letters, digits, '-' and '.', or an address, with a port or without");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("must have a port from 1 to " + MAX_PORT + "; the nearest is "
                    + (uri.getPort() == 0 ? 1 : MAX_PORT));
        }
        return uri;
    }

    static SettingType<Path> path() {
        return new SettingType<>(
                "a path",
                List.of(),
                text -> {
                    Path path;
                    try {
                        path = Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
                    }
                    if (path.toString().isBlank()) {
                        throw new IllegalArgumentException("must be a path, and is empty");
                    }
                    return path;
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
        Map<String, E> constants = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            constants.put(text(constant), constant);
        }
        List<String> choices = List.copyOf(constants.keySet());
        return new SettingType<>(
                String.join(", ", choices),
                choices,
                text -> {
                    E constant = constants.get(word(text));
                    if (constant == null) {
                        throw notOneOf(choices);
                    }
                    return constant;
                },
                SettingTypes::text);
    }

    static SettingType<String> choice(List<String> choices) {
        for (String choice : choices) {
            if (!choice.equals(word(choice))) {
                throw new IllegalArgumentException("choices are in lower case; not '" + choice + "'");
            }
        }
        return new SettingType<>(
                String.join(", ", choices),
                choices,
                text -> {
                    if (!choices.contains(word(text))) {
                        throw notOneOf(choices);
                    }
                    return word(text);
                },
                Function.identity());
    }

    private static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** Without the nearest of them: whoever reports it names that, from {@link SettingType#choices()}. */
    private static IllegalArgumentException notOneOf(List<String> choices) {
        return new IllegalArgumentException("must be one of " + String.join(", ", choices));
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
