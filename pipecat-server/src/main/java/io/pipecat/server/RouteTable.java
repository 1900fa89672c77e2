package io.pipecat.server;

import io.pipecat.api.http.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the route of a request. */
final class RouteTable {

    /** A route with what is kept about it. */
    record Entry(Route route, PathPattern pattern, RouteMetrics metrics) {}

    /** What a request asks for. */
    sealed interface Match {
        record Found(Entry entry, Map<String, String> parameters) implements Match {}

        record WrongVerb(String allow) implements Match {}

        record Nothing() implements Match {}
    }

    private static final Match NOTHING = new Match.Nothing();

    private final List<Entry> entries;
    /** Routes without parameters, by verb, a blank and path without its final slash: all that most services have. */
    private final Map<String, Match> plain = new HashMap<>();

    RouteTable(List<Entry> entries) {
        List<Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparing(Entry::pattern));
        this.entries = List.copyOf(ordered);
        for (Entry entry : this.entries) {
            if (!entry.route().path().contains("{")) {
                String key =
                        entry.route().method() + " " + trimmed(entry.route().path());
                if (plain.put(key, new Match.Found(entry, Map.of())) != null) {
                    throw new IllegalArgumentException("two routes answer " + key);
                }
            }
        }
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    Match find(String method, String path) {
        String verb = method.equals("HEAD") ? "GET" : method;
        Match known = plain.get(verb + " " + trimmed(path));
        if (known != null) {
            return known;
        }
        if (!path.startsWith("/")) {
            return NOTHING;
        }
        String[] asked = PathPattern.split(path);
        TreeSet<String> allowed = new TreeSet<>();
        for (Entry entry : entries) {
            Optional<Map<String, String>> parameters = entry.pattern().match(asked);
            if (parameters.isPresent()) {
                // A route written for HEAD comes before the answer to GET without its body.
                if (entry.route().method().equals(method)
                        || entry.route().method().equals(verb)) {
                    return new Match.Found(entry, parameters.get());
                }
                allowed.add(entry.route().method());
            }
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return allowed.isEmpty() ? NOTHING : new Match.WrongVerb(String.join(", ", allowed));
    }
}
