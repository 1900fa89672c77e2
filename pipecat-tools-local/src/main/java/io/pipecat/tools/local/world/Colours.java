package io.pipecat.tools.local.world;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The colours that people name, each with the name that CSS has for it, which lamps understand. */
final class Colours {
    private static final Pattern HEX = Pattern.compile("#?[0-9a-f]{6}");

    private static final Map<String, String> BY_WORD = """
            red       red rot rouge rojo
            green     green grun vert verde
            blue      blue blau bleu azul
            yellow    yellow gelb jaune amarillo
            orange    orange naranja
            purple    purple violet lila violett morado
            pink      pink rosa rose
            white     white weiss blanc blanco
            turquoise turquoise turkis turquesa
            cyan      cyan
            magenta   magenta
            gold      gold golden dore dorado
            lime      lime
            indigo    indigo
            brown     brown braun brun marron
            lightblue lightblue hellblau
            darkblue  darkblue dunkelblau
            """.lines()
            .map(line -> line.trim().split("\\s+"))
            .flatMap(row -> Stream.of(row).skip(1).map(word -> Map.entry(word, row[0])))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Colours() {}

    /** Returns the colour that a text names, as a name of CSS or {@code #rrggbb}. */
    static Optional<String> find(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (HEX.matcher(plain).matches()
                && (plain.startsWith("#") || plain.matches(".*[0-9].*[a-f].*|.*[a-f].*[0-9].*"))) {
            return Optional.of(plain.startsWith("#") ? plain : "#" + plain);
        }
        return Optional.ofNullable(BY_WORD.get(String.join("", Words.of(text))));
    }
}
