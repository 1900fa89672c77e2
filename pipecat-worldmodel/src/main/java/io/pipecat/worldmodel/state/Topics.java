package io.pipecat.worldmodel.state;

import io.pipecat.api.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/** What MQTT lets topics and topic filters be. */
public final class Topics {
    /** The longest topic, in bytes of UTF-8. */
    public static final int MAX_BYTES = 65_535;

    private static final int SHOWN = 60;

    private Topics() {}

    /**
     * Checks a topic.
     *
     * @param topic what may be one
     * @return the topic
     * @throws IllegalArgumentException if it is none; the message is a sentence
     */
    public static String check(String topic) {
        checkText("topic", topic);
        int wildcard = Math.max(topic.indexOf('+'), topic.indexOf('#'));
        if (wildcard >= 0) {
            throw new IllegalArgumentException("The topic " + shown(topic)
                    + " holds + or #, which are wildcards of a filter; a topic to tell of has neither.");
        }
        return topic;
    }

    /**
     * Checks a topic filter.
     *
     * @param filter what may be one
     * @return the filter
     * @throws IllegalArgumentException if it is none; the message is a sentence
     */
    public static String checkFilter(String filter) {
        checkText("topic filter", filter);
        List<String> levels = levels(filter);
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.length() > 1 && (level.indexOf('+') >= 0 || level.indexOf('#') >= 0)) {
                throw new IllegalArgumentException("In the topic filter " + shown(filter) + " the level " + shown(level)
                        + " mixes a wildcard with a name; + and # stand alone between slashes.");
            }
            if (level.equals("#") && i < levels.size() - 1) {
                throw new IllegalArgumentException("In the topic filter " + shown(filter)
                        + " there is more after #, which already means the rest.");
            }
        }
        return filter;
    }

    private static void checkText(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A " + what + " has at least one character.");
        }
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("The " + what + " " + shown(text) + " holds the character U+0000.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(
                        "The " + what + " " + shown(text) + " holds half a character, which UTF-8 cannot write.");
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "The " + what + " " + shown(text) + " has " + bytes + " bytes; MQTT allows " + MAX_BYTES + ".");
        }
    }

    /**
     * Returns whether a filter covers a topic. As MQTT has it, {@code a/#} covers {@code a} too, and a filter that begins with a
     * wildcard covers no topic that begins with {@code $}.
     *
     * @param filter a filter that was checked
     * @param topic a topic
     * @return whether it does
     */
    public static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            int filterEnd = end(filter, f);
            if (filterEnd == f + 1 && filter.charAt(f) == '#') {
                return true;
            }
            if (t > topic.length()) {
                return false;
            }
            int topicEnd = end(topic, t);
            boolean any = filterEnd == f + 1 && filter.charAt(f) == '+';
            boolean same = filterEnd - f == topicEnd - t && filter.regionMatches(f, topic, t, topicEnd - t);
            if (!any && !same) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
            if (f > filter.length()) {
                return t > topic.length();
            }
        }
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    /** The levels of a filter, all of them. */
    static List<String> levels(String filter) {
        List<String> levels = new ArrayList<>();
        int from = 0;
        for (int slash = filter.indexOf('/'); slash >= 0; slash = filter.indexOf('/', from)) {
            levels.add(filter.substring(from, slash));
            from = slash + 1;
        }
        levels.add(filter.substring(from));
        return levels;
    }

    /**
     * Returns a topic for messages.
     *
     * @param topic the topic, of any length
     * @return it in quotes, without control characters, cut where it is long
     */
    public static String shown(String topic) {
        String cut = topic.length() <= SHOWN ? topic : topic.substring(0, SHOWN) + "…";
        return new JsonString(cut).toString();
    }
}
