package io.pipecat.worldmodel.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What MQTT says about topics and filters. */
final class Filters {
    private static final int MAX_BYTES = 65_535;
    private static final String MANY = "#";
    private static final String ONE = "+";

    private Filters() {}

    /** Returns what is wrong with a filter. */
    static Optional<String> fault(String filter) {
        Optional<String> text = textFault(filter);
        if (text.isPresent()) {
            return text;
        }
        List<String> levels = levels(filter);
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean wild = level.contains(ONE) || level.contains(MANY);
            if (wild && level.length() > 1) {
                return Optional.of("a wildcard must stand alone in its level, unlike '" + level + "'");
            }
            if (level.equals(MANY) && i < levels.size() - 1) {
                return Optional.of("# must come last");
            }
        }
        return Optional.empty();
    }

    /** Returns what is wrong with a topic to publish to. */
    static Optional<String> topicFault(String topic) {
        Optional<String> text = textFault(topic);
        return text.isEmpty() && (topic.contains(ONE) || topic.contains(MANY))
                ? Optional.of("a topic has no wildcards")
                : text;
    }

    private static Optional<String> textFault(String text) {
        if (text.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (text.indexOf('\0') >= 0) {
            return Optional.of("it holds a null character");
        }
        // Three bytes at most for each char.
        if (text.length() > MAX_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("it is longer than " + MAX_BYTES + " bytes");
        }
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? Optional.empty()
                : Optional.of("it holds half a character (an unpaired surrogate)");
    }

    private static List<String> levels(String text) {
        return List.of(text.split("/", -1));
    }

    /** Whether a topic is one of those that a filter names. Allocates nothing: it is asked for each message. */
    static boolean matches(String filter, String topic) {
        if (filter.equals(MANY)) {
            return topic.charAt(0) != '$';
        }
        if (topic.charAt(0) == '$' && filter.charAt(0) != '$') {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            int filterEnd = end(filter, f);
            int topicEnd = end(topic, t);
            if (filterEnd == f + 1 && filter.charAt(f) == '#') {
                return true;
            }
            boolean one = filterEnd == f + 1 && filter.charAt(f) == '+';
            if (!one && (filterEnd - f != topicEnd - t || !filter.regionMatches(f, topic, t, topicEnd - t))) {
                return false;
            }
            if (topicEnd == topic.length()) {
                // A last /# also names the level above it.
                return filterEnd == filter.length()
                        || (filterEnd == filter.length() - 2 && filter.endsWith("/" + MANY));
            }
            if (filterEnd == filter.length()) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
        }
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    /** Whether every topic of the second is one of the first. */
    static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        List<String> w = levels(wide);
        List<String> n = levels(narrow);
        if (n.getFirst().startsWith("$") && !w.getFirst().startsWith("$")) {
            return false;
        }
        for (int i = 0; i < w.size(); i++) {
            if (w.get(i).equals(MANY)) {
                return true;
            }
            if (i >= n.size() || n.get(i).equals(MANY)) {
                return false;
            }
            if (!w.get(i).equals(ONE) && !w.get(i).equals(n.get(i))) {
                return false;
            }
        }
        return w.size() == n.size();
    }

    /**
     * Returns filters that name at least the same topics, of which no two name the same one: brokers may send a message
     * once for each filter that it matches. Where two filters overlap in part, one that is wider than both takes their
     * place, so more may come than was asked for.
     */
    static Set<String> disjoint(Collection<String> filters) {
        List<String> result = new ArrayList<>(new LinkedHashSet<>(filters));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < result.size() && !changed; i++) {
                for (int j = i + 1; j < result.size() && !changed; j++) {
                    if (overlap(result.get(i), result.get(j))) {
                        String joined = join(result.get(i), result.get(j));
                        result.remove(j);
                        result.set(i, joined);
                        changed = true;
                    }
                }
            }
        }
        return new LinkedHashSet<>(result);
    }

    static boolean overlap(String a, String b) {
        List<String> x = levels(a);
        List<String> y = levels(b);
        if (x.getFirst().startsWith("$") != y.getFirst().startsWith("$")) {
            return false;
        }
        for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
            if (x.get(i).equals(MANY) || y.get(i).equals(MANY)) {
                return true;
            }
            if (!x.get(i).equals(ONE) && !y.get(i).equals(ONE) && !x.get(i).equals(y.get(i))) {
                return false;
            }
        }
        // a/# names a as well.
        List<String> longer = x.size() > y.size() ? x : y;
        int common = Math.min(x.size(), y.size());
        return x.size() == y.size()
                || (longer.size() == common + 1 && longer.getLast().equals(MANY));
    }

    /** The narrowest filter that covers two overlapping ones. */
    private static String join(String a, String b) {
        if (covers(a, b)) {
            return a;
        }
        if (covers(b, a)) {
            return b;
        }
        List<String> x = levels(a);
        List<String> y = levels(b);
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < Math.max(x.size(), y.size()); i++) {
            if (i >= x.size()
                    || i >= y.size()
                    || x.get(i).equals(MANY)
                    || y.get(i).equals(MANY)) {
                joined.add(MANY);
                break;
            }
            joined.add(x.get(i).equals(y.get(i)) ? x.get(i) : ONE);
        }
        return String.join("/", joined);
    }
}
