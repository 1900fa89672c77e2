package io.pipecat.server;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of a route, level by level. A final {@code /} makes no difference, neither in the route nor in the request. */
final class PathPattern implements Comparable<PathPattern> {
    private final String[] levels;
    private final boolean takesRest;

    PathPattern(String path) {
        this.levels = split(path);
        this.takesRest = levels.length > 0 && levels[levels.length - 1].endsWith("...}");
    }

    static String[] split(String path) {
        String whole = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return whole.equals("/") ? new String[0] : whole.substring(1).split("/", -1);
    }

    /** Matches the still encoded levels of a request's path; the parts by name, decoded, if they fit. */
    Optional<Map<String, String>> match(String[] asked) {
        boolean fits = takesRest ? asked.length >= levels.length : asked.length == levels.length;
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; fits && i < levels.length; i++) {
            String level = levels[i];
            if (takesRest && i == levels.length - 1) {
                String rest = String.join("/", List.of(asked).subList(i, asked.length));
                parameters.put(level.substring(1, level.length() - 4), decode(rest));
            } else if (level.startsWith("{")) {
                parameters.put(level.substring(1, level.length() - 1), decode(asked[i]));
            } else {
                fits = level.equals(decode(asked[i]));
            }
        }
        return fits ? Optional.of(parameters) : Optional.empty();
    }

    /** Percent-decodes. Unlike in a form, {@code +} stands for itself. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** What is more specific comes first: text before a name, a name before the rest. */
    @Override
    public int compareTo(PathPattern other) {
        for (int i = 0; i < Math.min(levels.length, other.levels.length); i++) {
            int difference = rank(levels[i]) - rank(other.levels[i]);
            if (difference != 0) {
                return difference;
            }
        }
        return other.levels.length - levels.length;
    }

    private static int rank(String level) {
        if (!level.startsWith("{")) {
            return 0;
        }
        return level.endsWith("...}") ? 2 : 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern same && List.of(levels).equals(List.of(same.levels));
    }

    @Override
    public int hashCode() {
        return List.of(levels).hashCode();
    }

    @Override
    public String toString() {
        return "/" + String.join("/", levels);
    }
}
