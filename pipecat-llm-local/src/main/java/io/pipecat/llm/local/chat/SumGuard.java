package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares a sum that the built-in model wrote with the words it was asked in. A wrong sum, correctly calculated, is worse than a refusal:
 * every number that was said has to be in it, in the order in which it was said, and every operator has to have a word for it.
 */
final class SumGuard {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    // What a word adds to a sum that nobody said as a number.
    private static final Map<Pattern, String> IMPLIED = Map.of(
            Pattern.compile("\\b(half|halve|halved|twice|double|doubled)\\b"), "2",
            Pattern.compile("\\b(squared?|second)\\b|²"), "2",
            Pattern.compile("\\b(average|mean)\\b"), "2",
            Pattern.compile("\\b(thirds?|triple|tripled|cubed?)\\b|³"), "3",
            Pattern.compile("\\b(quarters?|fourths?)\\b"), "4",
            Pattern.compile("\\bfifths?\\b"), "5",
            Pattern.compile("\\btenths?\\b"), "10",
            Pattern.compile("\\bdozen\\b"), "12");

    private record Sign(Pattern inSum, Pattern strong, Pattern weak) {}

    // A strong word asks for its sign; a weak one only allows it.
    private static final List<Sign> SIGNS = List.of(
            sign(
                    "\\+",
                    "\\+|\\b(plus|added|add(?! up)|sum(?! for)|total|summed)\\b",
                    "\\b(and|add|up|with|together|more|increased?|raise|tax|vat|average|mean)\\b|,"),
            sign(
                    "-",
                    "\\b(minus|subtract(ed)?|deduct(ed)?|negative)\\b|(?<!\\p{L})[-−](?!\\p{L})|[-−](?=\\s*[0-9(.√])|−",
                    "\\b(less|take|taken|away|remove|left|without|difference|reduced?|decreased?|lower(ed)?|off|discount|spent|remains)\\b"),
            sign(
                    "\\*",
                    "(?<!many )\\btimes\\b|\\b(multipl(y|ied)|product)\\b|[*×]|(?<=[0-9)])\\s*x\\s*(?=[0-9(])|\\bx\\b",
                    "\\b(by|twice|double|doubled|triple|tripled|at|each|dozen|lots|groups|boxes|packs|quarters|thirds|of)\\b"),
            sign(
                    "/",
                    "\\b(divided?|over|quotient)\\b|[/÷]",
                    "\\b(by|half|halve|third|quarter|fourth|fifth|tenth|thirds|quarters|split|share|shared|into|among|between|ratio|average|mean|go|fit)\\b|:"),
            sign("\\^", "\\^|\\*\\*|\\b(power|squared?|cubed?)\\b|[²³]", "\\b(raised?|to the)\\b"),
            sign("sqrt", "\\b(root|sqrt)\\b|√", "(?!)"),
            sign("%", "%|\\b(percent|per cent|pct)\\b", "(?!)"),
            sign("mod", "\\b(mod|modulo|remainder)\\b", "(?!)"),
            sign("!", "\\bfactorial\\b|[0-9]!(?=\\s*$|\\s*[?=])", "!"));

    // Then the numbers of a difference or a quotient come in the other order.
    private static final Pattern TURNED = Pattern.compile(
            "\\b(subtract(ed)?|take|taken|deduct(ed)?|remove)\\b.*\\bfrom\\b|\\bless than\\b|\\bmore than\\b|\\b(go|fit)\\b.*\\binto\\b|[0-9]th power of");
    private static final Pattern SAME_OPERATOR = Pattern.compile("[0-9. ]+(\\+[0-9. ]+)*|[0-9. ]+(\\*[0-9. ]+)*");
    private static final Pattern ONE = Pattern.compile("\\bone\\b");
    private static final Pattern ROOTS = Pattern.compile("[²³]");

    private SumGuard() {}

    private static Sign sign(String inSum, String strong, String weak) {
        return new Sign(Pattern.compile(inSum), Pattern.compile(strong), Pattern.compile(weak));
    }

    /** Returns whether a sum has the numbers and the operators that the words have, no more and no less. */
    static boolean agrees(String expression, String words) {
        String said = Slips.mended(SpokenNumbers.plain(words));
        return numbersAgree(expression, said) && signsAgree(expression, said) && bracketsAgree(expression, said);
    }

    private static boolean numbersAgree(String expression, String said) {
        List<BigDecimal> written = numbers(expression);
        List<BigDecimal> heard = SpokenNumbers.in(ROOTS.matcher(said).replaceAll(" "));
        List<BigDecimal> implied = IMPLIED.entrySet().stream()
                .filter(word -> word.getKey().matcher(said).find())
                .map(word -> new BigDecimal(word.getValue()).stripTrailingZeros())
                .collect(Collectors.toCollection(ArrayList::new));
        List<BigDecimal> own = new ArrayList<>(written);
        for (BigDecimal number : List.copyOf(heard)) {
            if (!own.remove(number)) {
                // A quick one, one third of.
                if (number.compareTo(BigDecimal.ONE) == 0 && ONE.matcher(said).find()) {
                    heard.remove(number);
                } else {
                    return false;
                }
            }
        }
        boolean allImplied = own.stream().allMatch(implied::remove);
        return !heard.isEmpty() && allImplied && (!own.isEmpty() || orderAgrees(expression, written, heard, said));
    }

    private static boolean orderAgrees(
            String expression, List<BigDecimal> written, List<BigDecimal> heard, String said) {
        if (expression.contains("%")) {
            return percentAgrees(expression, said);
        }
        boolean commutes = SAME_OPERATOR.matcher(expression).matches();
        if (commutes) {
            return true;
        }
        boolean turned = written.size() == 2 && TURNED.matcher(said).find();
        return turned ? written.equals(heard.reversed()) : written.equals(heard);
    }

    // The number before the sign is the one that was said to be of a hundred.
    private static boolean percentAgrees(String expression, String said) {
        List<BigDecimal> before = percents(expression, "%");
        List<BigDecimal> heard = percents(said, "(?:%| ?percent| per cent| pct| %)");
        boolean inWords = heard.isEmpty();
        return inWords || before.equals(heard);
    }

    private static List<BigDecimal> percents(String text, String sign) {
        return Pattern.compile("([0-9]+(?:[.][0-9]+)?)\\s*" + sign)
                .matcher(text)
                .results()
                .map(found -> new BigDecimal(found.group(1)).stripTrailingZeros())
                .toList();
    }

    private static boolean signsAgree(String expression, String said) {
        for (Sign sign : SIGNS) {
            boolean written = sign.inSum.matcher(expression).find();
            boolean strong = sign.strong.matcher(said).find();
            if (written && !strong && !sign.weak.matcher(said).find()) {
                return false;
            }
            if (!written && strong && !explained(sign, expression)) {
                return false;
            }
        }
        return true;
    }

    // "4 divided by 3, the remainder" is mod, "add 5% to" is a plus of its own, "2 ** 3" a power, "square root" no
    // square.
    private static boolean explained(Sign sign, String expression) {
        String written = sign.inSum.pattern();
        return (written.equals("/") && expression.contains("mod"))
                || (written.equals("\\*") && expression.contains("^"))
                || (written.equals("\\^") && expression.contains("sqrt"))
                || (written.equals("-") && expression.contains("abs"));
    }

    private static boolean bracketsAgree(String expression, String said) {
        if (!said.contains("(") || said.contains("sqrt(")) {
            return true;
        }
        return dense(said).contains(dense(expression));
    }

    private static String dense(String text) {
        return SPACE.matcher(text)
                .replaceAll("")
                .replace('×', '*')
                .replace('x', '*')
                .replace('÷', '/')
                .replace('−', '-')
                .replace(':', '/');
    }

    private static List<BigDecimal> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(found -> new BigDecimal(found.group()).stripTrailingZeros())
                .toList();
    }
}
