package io.pipecat.llm.local.chat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was said, in the form in which copies are compared with it. */
final class Said {
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Zs}]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");

    private Said() {}

    // A number is the same number, not a part of a longer one: 2 is not in 21.
    static boolean wholeNumbers(String value, String asked) {
        List<String> said = numbers(asked);
        return said.containsAll(numbers(value));
    }

    static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(found -> found.group()).toList();
    }

    // As words of their own: a lamp is not in lamps, nor lamp 2 in lamp 21.
    static boolean within(String part, String text) {
        String inside = plain(part);
        return inside.isEmpty()
                || Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(inside) + "(?![\\p{L}\\p{N}])")
                        .matcher(plain(text))
                        .find();
    }

    static boolean any(List<Pattern> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    static String plain(String text) {
        return SPACE.matcher(text.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .replaceAll(" ")
                .strip();
    }

    static Set<String> words(String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = WORD.matcher(plain(text));
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
