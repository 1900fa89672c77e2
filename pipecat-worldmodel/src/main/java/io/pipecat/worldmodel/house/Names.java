package io.pipecat.worldmodel.house;

import java.util.Locale;

/** What people call something of which only the id is known. */
final class Names {
    private Names() {}

    static String ofId(String id) {
        String words = id.replaceAll("[_\\-\\s]+", " ").strip();
        if (words.isEmpty()) {
            return id;
        }
        int first = words.offsetByCodePoints(0, 1);
        return words.substring(0, first).toUpperCase(Locale.ROOT) + words.substring(first);
    }
}
