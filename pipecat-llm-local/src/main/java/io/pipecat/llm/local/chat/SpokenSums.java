package io.pipecat.llm.local.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what a person says as a sum, where the words leave no doubt: numbers with an operator between each two of them. */
final class SpokenSums {
    private static final String N = "(-?[0-9]+(?:[.][0-9]+)?)";

    // In this order: what stands around a number, then what stands between two.
    private static final List<Map.Entry<Pattern, String>> WORDS = List.of(
            words("[−–]", "-"),
            words("\\(\\s+", "("),
            words("\\s+\\)", ")"),
            words("\\*\\*", "^"),
            words("[×·]|(?<=[0-9)])\\s*x\\s*(?=[-0-9(])", "*"),
            words("[÷]|(?<=[0-9)]):(?=[-0-9(])|(?<=[0-9)]) : (?=[-0-9(])", "/"),
            words("²", "^2"),
            words("³", "^3"),
            words("\\bnegative (?=[0-9])", "-"),
            words("\\b(?:the )?(?:square )?root of |\\bsqrt (?:of )?(?=[0-9])|√", "sqrt"),
            words("\\b(?:the )?square of " + N, "$1^2"),
            words("\\b(?:the )?cube of " + N, "$1^3"),
            words(N + " squared\\b", "$1^2"),
            words(N + " cubed\\b", "$1^3"),
            words("\\b(?:the |a )?half (?:of )?" + N, "$1/2"),
            words("\\b(?:a )?third of " + N, "$1/3"),
            words("\\b(?:a )?quarter of " + N, "$1/4"),
            words("\\b(?:twice|double) " + N, "$1*2"),
            words("\\b(?:plus|added to)\\b", "+"),
            words("\\b(?:minus|take away|less(?! than))\\b", "-"),
            words("(?<![0-9)]\\s{0,2})-\\s+(?=[0-9])", "-"),
            words("\\b(?:times|multiplied (?:by|with))\\b", "*"),
            words("\\b(?:divided by|over|split by)\\b", "/"),
            words("\\b(?:to the power of|raised to the power of|raised to)\\b", "^"));
    private static final Pattern SUM = Pattern.compile(
            "(?<![0-9.])[-(]*+(?:sqrt)?+[-(]*+[0-9][0-9.()^]*(?:\\s*[-+*/^]\\s*[-(]*+(?:sqrt)?+[-(]*+[0-9][0-9.()^]*)+");
    // Nobody says a longer one, and what looks for it takes its time.
    private static final int LONGEST = 400;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");
    private static final Pattern DOTS = Pattern.compile("[.]+$");
    private static final Pattern ROOT = Pattern.compile("sqrt\\(([0-9.]+)\\)");
    private static final Pattern BARE_ROOT = Pattern.compile("sqrt([0-9.]+)");
    private static final Pattern BINARY = Pattern.compile("(?<=[0-9)])[-+*/^]");
    private static final Pattern ZEROS = Pattern.compile("([.][0-9]*?)0+(?![0-9])");
    // What asks for more than stands between the numbers, or for another order.
    private static final Pattern MORE = Pattern.compile(
            "[%!*/^+]|\\b(?:percent|per cent|pct|then|result(?! of)|it|squared|cubed|square|cube|halved?|tripled?|doubled|lot|add|subtract|multiply|divide|average|mean|sum|difference|product|remainder|mod|modulo|from|factorial|absolute|half|third|quarter|fifth|tenth|thirds|quarters|double|triple|twice|dozen|each|every|power|root|tip|off)\\b");
    private static final Pattern ONE_SIGN = Pattern.compile("[0-9.]+(?:\\+[0-9.]+)+|[0-9.]+(?:\\*[0-9.]+)+");

    private SpokenSums() {}

    private static Map.Entry<Pattern, String> words(String words, String sum) {
        return Map.entry(Pattern.compile(words), sum);
    }

    /** Returns the sum in a text whose numbers are figures; empty where it has to be understood. */
    static Optional<String> written(String said) {
        if (said.length() > LONGEST) {
            return Optional.empty();
        }
        String text = said;
        for (Map.Entry<Pattern, String> word : WORDS) {
            text = word.getKey().matcher(text).replaceAll(word.getValue());
        }
        Matcher sum = SUM.matcher(text);
        if (!sum.find()) {
            return Optional.empty();
        }
        String rest = text.substring(0, sum.start()) + " " + text.substring(sum.end());
        boolean all = !NUMBER.matcher(rest).find() && !MORE.matcher(rest).find();
        return all ? Optional.of(DOTS.matcher(sum.group()).replaceFirst("")) : Optional.empty();
    }

    /** Returns whether two sums are one, in other spacing or, where no order matters, in another order. */
    static boolean same(String first, String second) {
        return plain(first).equals(plain(second));
    }

    /** Returns a sum with a space on both sides of each operator. */
    static String spaced(String sum) {
        String dense = BARE_ROOT.matcher(sum.replace(" ", "")).replaceAll("sqrt($1)");
        return BINARY.matcher(dense).replaceAll(" $0 ");
    }

    private static String plain(String sum) {
        String dense = ROOT.matcher(sum.replace(" ", "")).replaceAll("sqrt$1");
        String bare = ZEROS.matcher(dense).replaceAll("$1").replaceAll("[.](?![0-9])", "");
        if (!ONE_SIGN.matcher(bare).matches()) {
            return bare;
        }
        String sign = bare.contains("+") ? "+" : "*";
        List<String> operands = new ArrayList<>(Arrays.asList(bare.split(Pattern.quote(sign), -1)));
        operands.sort(null);
        return String.join(sign, operands);
    }
}
