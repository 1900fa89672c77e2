package io.pipecat.endpoint.web;

import io.pipecat.api.setting.Secret;
import io.pipecat.api.setting.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is done to texts. */
final class Texts {
    private static final int AROUND = 50;
    private static final int SHORTEST_SECRET = 4;

    private Texts() {}

    /** One line of at most so many characters, never half a character. */
    static String shortened(String text, int max) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= max) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(max - 2)) ? max - 2 : max - 1;
        return line.substring(0, end).stripTrailing() + "…";
    }

    /** Where a text holds what is looked for, with what stands around it. */
    static Optional<String> snippet(String text, String lowerQuery) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(lowerQuery);
        if (at < 0) {
            return Optional.empty();
        }
        int from = Math.max(0, Math.min(at, text.length()) - AROUND);
        int to = Math.min(text.length(), at + lowerQuery.length() + AROUND);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from--;
        }
        if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
            to++;
        }
        return Optional.of((from > 0 ? "…" : "")
                + text.substring(from, Math.max(from, to)).replaceAll("\\s+", " ")
                + (to < text.length() ? "…" : ""));
    }

    /** Blanks the secrets of the node's settings, should one have got into a text. */
    static String blanked(String text, Settings settings) {
        String blanked = text;
        List<String> known = settings.secrets().stream()
                .flatMap(secret ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(secret), secret.split().stream()))
                .map(Secret::reveal)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String secret : known) {
            blanked = blanked.replace(secret, new Secret("").toString());
        }
        return blanked;
    }
}
