package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the numbers that a person says in English words as figures. */
final class SpokenNumbers {
    private static final Pattern SEPARATOR = Pattern.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))");
    private static final Map<String, String> PARTS =
            Map.of("½", ".5", "¼", ".25", "¾", ".75", "a half", ".5", "a quarter", ".25", "3 quarters", ".75");
    private static final Map<String, String> HALVES =
            Map.of("million", "500000", "thousand", "500", "hundred", "50", "dozen", "6");
    private static final Pattern SIGN = Pattern.compile("(?<![0-9./])([0-9]+)? ?([½¼¾])");
    private static final Pattern HALF_A =
            Pattern.compile("\\bhalf a (million|thousand|hundred|dozen|(?=percent\\b|per cent\\b|pct\\b|%))");
    // A pound 50, 4 euros 20.
    private static final Pattern AMOUNT = Pattern.compile(
            "(?<![0-9.])\\b(a|[0-9]+) (?:euros?|dollars?|pound|quid|pounds(?= (?:1[6-9]|[2-9]))) (?:([0-9]{2})|and ([0-9]{2})(?= (?:cents?|pence|p)\\b))(?: (?:cents|pence|p))?\\b(?! ?(?:%|percent|per cent|euros?|dollars?|pounds?|quid|times\\b(?! [0-9])|(?:,|and) [0-9.]+(?! (?:euros?|dollars?|pounds?|quid) [0-9])))");
    private static final Pattern MIXED =
            Pattern.compile("(?<![0-9.])([0-9]+) and (a half|a quarter|3 quarters)\\b(?! of\\b)");
    private static final Pattern FIGURE = Pattern.compile("[0-9]+(?:[.][0-9]+)?|(?<![0-9])[.][0-9]+");
    private static final Pattern BEFORE_SCALE =
            Pattern.compile("(?<![0-9.])([0-9]+(?:[.][0-9]+)?) (hundred|thousand|million)\\b");
    private static final Pattern POINT =
            Pattern.compile("(?:(?<![0-9.])([0-9]+) )?(?<!\\b(?:this|that|the|what|which|some) )\\bpoint ([0-9]+)\\b");
    private static final Pattern A_MILLION = Pattern.compile("(?<!\\bhalf )\\ba million\\b");

    private static final List<String> ONES = List.of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
                    .split(" "));
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Map<String, Integer> WORDS = IntStream.range(0, ONES.size() + TENS.size())
            .boxed()
            .filter(i -> i < ONES.size() || !TENS.get(i - ONES.size()).isEmpty())
            .collect(Collectors.toMap(
                    i -> i < ONES.size() ? ONES.get(i) : TENS.get(i - ONES.size()),
                    i -> i < ONES.size() ? i : (i - ONES.size()) * 10));
    private static final String ONE_TO_NINE = "(?:" + String.join("|", ONES.subList(1, 10)) + ")";
    private static final String UNDER_HUNDRED = "(?:(?:" + String.join("|", TENS.subList(2, 10)) + ")(?:[- ]"
            + ONE_TO_NINE + ")?|" + String.join("|", ONES.reversed()) + ")";
    private static final String UNDER_THOUSAND = "(?:(?:" + ONE_TO_NINE + "|a) hundred(?: (?:and )?" + UNDER_HUNDRED
            + "(?! hundred))?|" + UNDER_HUNDRED + ")";
    private static final Pattern NUMBER = Pattern.compile("\\b(?:(?<thousands>" + UNDER_THOUSAND
            + "|a) thousand(?:,? (?:and )?(?<rest>" + UNDER_THOUSAND + "))?|(?<hundreds>" + UNDER_THOUSAND
            + "))(?<half> and a half)?(?: point(?<tenths>(?: (?:zero|" + ONE_TO_NINE + "))+))?\\b");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[- ]+");

    private SpokenNumbers() {}

    /** Returns a text in lower case with figures for its numbers, without thousands separators. */
    static String inFigures(String text) {
        String joined = SEPARATOR.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        joined = SIGN.matcher(joined)
                .replaceAll(found -> (found.group(1) == null ? "0" : found.group(1)) + PARTS.get(found.group(2)));
        joined = HALF_A.matcher(joined).replaceAll(found -> HALVES.getOrDefault(found.group(1), "0.5 "));
        String words = scaled(A_MILLION.matcher(joined).replaceAll("1 million"));
        // Fifteen hundred.
        String figures = scaled(NUMBER.matcher(words).replaceAll(SpokenNumbers::figures));
        String mixed = MIXED.matcher(POINT.matcher(figures).replaceAll(SpokenNumbers::decimal))
                .replaceAll(found -> found.group(1) + PARTS.get(found.group(2)));
        return AMOUNT.matcher(mixed).replaceAll(SpokenNumbers::amount);
    }

    // Point five, 3 point 5.
    private static String decimal(MatchResult found) {
        return (found.group(1) == null ? "0" : found.group(1)) + "." + found.group(2);
    }

    private static String scaled(String text) {
        return BEFORE_SCALE
                .matcher(text)
                .replaceAll(found -> new BigDecimal(found.group(1))
                        .scaleByPowerOfTen(
                                switch (found.group(2)) {
                                    case "hundred" -> 2;
                                    case "thousand" -> 3;
                                    default -> 6;
                                })
                        .toPlainString());
    }

    private static String amount(MatchResult found) {
        String whole = found.group(1).equals("a") ? "1" : found.group(1);
        return whole + "." + (found.group(2) == null ? found.group(3) : found.group(2));
    }

    /** Returns the numbers of a text in the order in which they are said, without zeros at the end. */
    static List<BigDecimal> in(String text) {
        return FIGURE.matcher(inFigures(text))
                .results()
                .map(found -> new BigDecimal(found.group()).stripTrailingZeros())
                .toList();
    }

    private static String figures(MatchResult found) {
        Matcher words = NUMBER.matcher(found.group());
        if (!words.matches()) {
            return Matcher.quoteReplacement(found.group());
        }
        int whole = words.group("thousands") == null
                ? underThousand(words.group("hundreds"))
                : 1000 * underThousand(words.group("thousands")) + underThousand(words.group("rest"));
        String tenths = words.group("tenths") == null
                ? ""
                : "."
                        + BETWEEN_WORDS
                                .splitAsStream(words.group("tenths").strip())
                                .map(digit -> String.valueOf(WORDS.getOrDefault(digit, 0)))
                                .collect(Collectors.joining());
        return whole + (words.group("half") == null ? tenths : ".5");
    }

    private static int underThousand(@org.jspecify.annotations.Nullable String words) {
        if (words == null) {
            return 0;
        }
        int value = 0;
        for (String word : BETWEEN_WORDS.splitAsStream(words).toList()) {
            value = switch (word) {
                case "a" -> 1;
                case "and" -> value;
                case "hundred" -> 100 * value;
                default -> value + WORDS.getOrDefault(word, 0);
            };
        }
        return value;
    }
}
