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
    private static final Pattern HALF = Pattern.compile("(?<![0-9.])([0-9]+) and a half\\b");
    private static final Pattern FIGURE = Pattern.compile("[0-9]+(?:[.][0-9]+)?|(?<![0-9])[.][0-9]+");
    private static final Pattern BEFORE_SCALE = Pattern.compile("(?<![0-9.])([0-9]+) (hundred|thousand|million)\\b");
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
    private static final String UNDER_THOUSAND =
            "(?:(?:" + ONE_TO_NINE + "|a) hundred(?: (?:and )?" + UNDER_HUNDRED + ")?|" + UNDER_HUNDRED + ")";
    private static final Pattern NUMBER = Pattern.compile("\\b(?:(?<thousands>" + UNDER_THOUSAND
            + "|a) thousand(?:,? (?:and )?(?<rest>" + UNDER_THOUSAND + "))?|(?<hundreds>" + UNDER_THOUSAND
            + "))(?<half> and a half)?(?: point(?<tenths>(?: (?:zero|" + ONE_TO_NINE + "))+))?\\b");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[- ]+");

    private SpokenNumbers() {}

    /** Returns a text in lower case with figures for its numbers, without thousands separators. */
    static String inFigures(String text) {
        String joined = SEPARATOR.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        String words = scaled(A_MILLION.matcher(joined).replaceAll("1 million"));
        // Fifteen hundred.
        String figures = scaled(NUMBER.matcher(words).replaceAll(SpokenNumbers::figures));
        return HALF.matcher(POINT.matcher(figures).replaceAll(SpokenNumbers::decimal))
                .replaceAll("$1.5");
    }

    // Point five, 3 point 5.
    private static String decimal(MatchResult found) {
        return (found.group(1) == null ? "0" : found.group(1)) + "." + found.group(2);
    }

    private static String scaled(String text) {
        return BEFORE_SCALE
                .matcher(text)
                .replaceAll(found -> found.group(1)
                        + switch (found.group(2)) {
                            case "hundred" -> "00";
                            case "thousand" -> "000";
                            default -> "000000";
                        });
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
