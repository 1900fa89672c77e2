package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares how a sum is built with the words it was asked in: what a fraction is taken of, what is done first, which way a unit goes. All
 * of these sums have the right numbers and the right signs.
 */
final class SumStructure {
    private static final Pattern FRACTION_OF =
            Pattern.compile("\\b(half|third|quarter|fourth|fifth|tenth) (?:of )?(-?[0-9]+(?:[.][0-9]+)?)");
    private static final List<String> FRACTIONS =
            List.of("", "", "half", "third", "quarter", "fifth", "", "", "", "", "tenth");
    // A word that changes a number, as often as it is said.
    private static final Pattern CHANGE = Pattern.compile(
            "\\b(?:half|halve|halved|thirds?|quarters?|fourths?|fifths?|tenths?|twice|doubled?|tripled?)\\b");
    private static final Pattern CHANGED = Pattern.compile("[*/] ?[0-9]|[0-9] ?\\*");
    // The sum inside of another is done first, and so is what is called the result.
    private static final Pattern OF_A_SUM = Pattern.compile(
            "\\b(?:twice|double|triple|half|halve|third of|quarter of|tenth of|times|by|square of|root of|divide|multiply) (?:of )?the (?:sum|difference|total|average)\\b");
    private static final Pattern RESULT = Pattern.compile(
            "\\b(?:it|that|all|what's left|(?:result|sum|difference|total)(?! of))\\b"
                    + "|(?:\\band|\\bthen|,) (?:then |now )?(?:multiply|multiplied|divide|divided|double|halve|square)\\b");
    private static final Pattern SUM_FIRST = Pattern.compile("[0-9)] [-+] [^()]*[*/^]");
    private static final Pattern ROOT_OF_SUM =
            Pattern.compile("\\broot of (?:the (?:sum|difference|product)|\\()|\\b(?:in|inside|under) the root\\b");
    private static final Pattern SUM_IN_ROOT = Pattern.compile("sqrt\\([^)]*[0-9] ?[-+*/]");
    private static final Pattern TWELVE = Pattern.compile("(?<![0-9.])12(?![0-9.])");
    private static final Pattern TWICE = Pattern.compile("\\b(?:twice|double) (-?[0-9]+(?:[.][0-9]+)?)");
    private static final Pattern TIMES = Pattern.compile("\\b(?:times|x)\\b|[*×·]|(?<=[0-9])x(?=[0-9])");
    private static final Pattern MANY_TIMES = Pattern.compile(
            "\\b(?:multipl\\w*|product|by|twice|doubled?|tripled?|each|every|at|dozen|quarters|thirds|has|holds|contains|of)\\b|%");
    // One after the other, and not one sum.
    private static final Pattern TWO_SUMS = Pattern.compile(
            "[0-9)]\\W+(?:and )?(?:also|what(?:'s| is)|how much is|then what(?:'s| is))\\W+(?:what(?:'s| is) )?[0-9(]");
    private static final Pattern TURNED_DIVISION =
            Pattern.compile("\\bdivide ([0-9]+(?:[.][0-9]+)?) into ([0-9]+(?:[.][0-9]+)?)");
    private static final Pattern ADDED = Pattern.compile(
            "\\+|(?<!how many )\\bmore\\b|\\b(?:plus|add|added|sum|together|altogether|total|in all|increase|raise|bought|buy|find|found|average|mean)\\b");
    private static final Pattern TAKEN = Pattern.compile(
            "\\b(?:left|away|remain|remains|lost|loses?|spent|spend|fell|drop(?:s|ped)?|change|fewer|paid|need|eaten|ate|sold|gave|used?)\\b");

    // What a tip or a tax comes on top of.
    private static final Pattern ON_TOP = Pattern.compile(
            "\\bwith (?:a )?[0-9.]+ ?(?:%|percent|per cent) (?:tax|vat|tip)\\b|\\b(?:including|altogether|in total|(?<!of )the total|all in)\\b.*(?:%|percent|per cent)|(?:%|percent|per cent).*\\b(?:including|altogether|in total|(?<!of )the total|all in)\\b");

    /** A unit, the larger one that it is counted in, and how many of it that one has. */
    private record Units(Pattern smallSaid, Pattern both, String times) {
        static Units of(String small, String large, String times) {
            return new Units(
                    Pattern.compile("[0-9.]\\s*(?:" + small + ")\\b"),
                    Pattern.compile("\\b(?:" + small + ")\\b.*\\b(?:" + large + ")\\b|\\b(?:" + large + ")\\b.*\\b(?:"
                            + small + ")\\b"),
                    times);
        }

        boolean agree(String expression, String said) {
            if (!both.matcher(said).find()) {
                return true;
            }
            String turned = (smallSaid.matcher(said).find() ? "* " : "/ ") + times;
            return !(expression + " ").contains(turned + " ");
        }
    }

    private static final List<Units> UNITS = List.of(
            Units.of("seconds?|secs?", "minutes?|mins?", "60"),
            Units.of("minutes?|mins?", "hours?|hrs?", "60"),
            Units.of("hours?|hrs?", "days?", "24"),
            Units.of("days?", "weeks?", "7"),
            Units.of("months?", "years?", "12"));

    private SumStructure() {}

    /**
     * Returns whether a sum is built as the words are.
     *
     * @param expression with a space around each operator between two numbers, as the model writes it
     * @param said in lower case, its numbers in figures
     */
    static boolean agrees(String expression, String said) {
        return fractionsAgree(expression, said)
                && firstThingsFirst(expression, said)
                && divisionAgrees(expression, said)
                && nothingIsAddedThatWasTaken(expression, said)
                && timesAgree(expression, said)
                && !TWO_SUMS.matcher(said).find()
                && !(ON_TOP.matcher(said).find() && expression.contains("% of"))
                && !(said.contains("dozen") && !TWELVE.matcher(expression).find())
                && UNITS.stream().allMatch(units -> units.agree(expression, said));
    }

    private static boolean fractionsAgree(String expression, String said) {
        boolean each = FRACTION_OF.matcher(said).results().allMatch(found -> ofThat(expression, found));
        long changes = CHANGE.matcher(said).results().count();
        return each && (changes == 0 || CHANGED.matcher(expression).results().count() >= changes);
    }

    // 30 / 2 for half of 30, or a bracket that ends before it.
    private static boolean ofThat(String expression, MatchResult found) {
        int by = found.group(1).equals("fourth") ? 4 : FRACTIONS.indexOf(found.group(1));
        return Pattern.compile("(?<![0-9.])" + Pattern.quote(found.group(2)) + "(?: \\* [0-9.]+)? ?/ ?" + by
                        + "(?![0-9.])|\\) ?/ ?" + by + "(?![0-9.])")
                .matcher(expression)
                .find();
    }

    private static boolean firstThingsFirst(String expression, String said) {
        boolean brackets = expression.replace("sqrt(", "").replace("abs(", "").contains("(");
        if (ROOT_OF_SUM.matcher(said).find() && !SUM_IN_ROOT.matcher(expression).find()) {
            return false;
        }
        boolean inner = OF_A_SUM.matcher(said).find() && !said.contains("root of the");
        boolean resumed =
                RESULT.matcher(said).find() && SUM_FIRST.matcher(expression).find();
        return brackets || !(inner || resumed);
    }

    // How often 5 goes into 45, but 84 into 7 parts.
    private static boolean divisionAgrees(String expression, String said) {
        Matcher division = TURNED_DIVISION.matcher(said);
        if (!division.find()) {
            return true;
        }
        boolean turned = new BigDecimal(division.group(1)).compareTo(new BigDecimal(division.group(2))) < 0;
        String right =
                turned ? division.group(2) + " / " + division.group(1) : division.group(1) + " / " + division.group(2);
        return expression.contains(right);
    }

    private static boolean nothingIsAddedThatWasTaken(String expression, String said) {
        return !expression.contains("+")
                || !TAKEN.matcher(said).find()
                || ADDED.matcher(said).find();
    }

    private static boolean timesAgree(String expression, String said) {
        boolean twice = TWICE.matcher(said)
                .results()
                .allMatch(found -> Pattern.compile("(?<![0-9.])" + Pattern.quote(found.group(1)) + " ?\\* ?2|2 ?\\* ?"
                                + Pattern.quote(found.group(1)) + "(?![0-9.])")
                        .matcher(expression)
                        .find());
        long written = expression.chars().filter(c -> c == '*').count();
        boolean asOften = written < 2
                || MANY_TIMES.matcher(said).find()
                || TIMES.matcher(said).results().count() >= written;
        return twice && asOften;
    }
}
