package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Words of arithmetic with one slip of the finger in them. */
final class Slips {
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
    private static final List<String> WORDS = List.of(
            "plus",
            "minus",
            "times",
            "divided",
            "divide",
            "multiplied",
            "multiply",
            "subtract",
            "percent",
            "squared",
            "square",
            "root",
            "power",
            "half",
            "third",
            "thirds",
            "quarter",
            "quarters",
            "fifth",
            "fifths",
            "tenth",
            "tenths",
            "halve",
            "cubed",
            "factorial",
            "modulo",
            "without",
            "lower",
            "thousand",
            "reduce",
            "increase",
            "decrease",
            "remainder",
            "double",
            "twice",
            "average",
            "difference",
            "product",
            "hundred",
            "from",
            "into",
            "take",
            "less",
            "added",
            "total",
            "together");

    // Words of their own, a letter from one of these.
    private static final Set<String> OTHERS = Set.of(
            "room",
            "roof",
            "rot",
            "time",
            "tires",
            "tyres",
            "products",
            "cubes",
            "hall",
            "form",
            "legs",
            "lower",
            "slower",
            "tower",
            "flower",
            "third",
            "lake",
            "cake",
            "make",
            "tale",
            "toke",
            "takes",
            "tames",
            "tiles",
            "lines",
            "limes",
            "dimes",
            "tines",
            "bless",
            "lens",
            "loss",
            "lets",
            "lots",
            "halves",
            "calf",
            "pounder",
            "percents",
            "roots",
            "towers",
            "squares",
            "mines",
            "minds",
            "tides",
            "into",
            "onto",
            "plum",
            "plug",
            "plugs");

    private Slips() {}

    /** Returns a text in lower case with such words spelt right. */
    static String mended(String text) {
        return WORD.matcher(text).replaceAll(found -> mendedWord(found.group()));
    }

    private static String mendedWord(String word) {
        return WORDS.contains(word)
                        || OTHERS.contains(word)
                        || !SpokenNumbers.in(word).isEmpty()
                ? word
                : WORDS.stream()
                        .filter(right -> isOneSlipFrom(right, word))
                        .findFirst()
                        .orElse(word);
    }

    // One letter more, less, another, or two exchanged; the first is right, as it mostly is.
    private static boolean isOneSlipFrom(String right, String written) {
        int difference = written.length() - right.length();
        if (Math.abs(difference) > 1 || right.charAt(0) != written.charAt(0)) {
            return false;
        }
        int at = 0;
        int shortest = Math.min(right.length(), written.length());
        while (at < shortest && right.charAt(at) == written.charAt(at)) {
            at++;
        }
        String rest = right.substring(Math.min(at, right.length()));
        String other = written.substring(Math.min(at, written.length()));
        return switch (difference) {
            case 1 -> rest.equals(other.substring(1));
            case -1 -> other.equals(rest.substring(1));
            default ->
                rest.length() < 2
                        || rest.substring(1).equals(other.substring(1))
                        || (rest.charAt(0) == other.charAt(1)
                                && rest.charAt(1) == other.charAt(0)
                                && rest.substring(2).equals(other.substring(2)));
        };
    }
}
