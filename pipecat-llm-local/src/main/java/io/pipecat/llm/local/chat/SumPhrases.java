package io.pipecat.llm.local.chat;

import static io.pipecat.llm.local.chat.SumTokens.NUMBER;

import io.pipecat.llm.local.chat.Sum.Level;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a number, a thing done to numbers, or a row of them is called: "half of 30", "the sum of 3 and 4", "3 plus 4 times 5". Each
 * method reads as far as it can, and returns nothing where the words are something else; they may be read in part then.
 */
final class SumPhrases {
    private static final Map<String, Integer> MULTIPLES =
            Map.of("twice", 2, "double", 2, "triple", 3, "treble", 3, "quadruple", 4);
    private static final Map<String, String> CHANGED = Map.of(
            "factorial",
            "!",
            "squared",
            " ^ 2",
            "square",
            " ^ 2",
            "²",
            " ^ 2",
            "cubed",
            " ^ 3",
            "³",
            " ^ 3",
            "doubled",
            " * 2",
            "tripled",
            " * 3",
            "halved",
            " / 2");
    private static final Set<String> ARTICLES = Set.of("the", "a", "an");
    private static final Pattern PERCENT = Pattern.compile("[0-9.]+%");

    private final SumTokens tokens;
    private final SumLists lists;
    private final SumFractions fractions;
    private boolean sure = true;
    private boolean loosely;

    SumPhrases(SumTokens tokens) {
        this.tokens = tokens;
        this.lists = new SumLists(tokens, this);
        this.fractions = new SumFractions(tokens, this);
    }

    SumLists lists() {
        return lists;
    }

    /** Returns whether everything that was read can mean nothing else. */
    boolean isSure() {
        return sure;
    }

    /** Returns whether there are words in it that are said of other things as well. */
    boolean isLoose() {
        return loosely;
    }

    void reset() {
        sure = true;
        loosely = false;
    }

    /** Reads the last of two, such as 3 times 9 in "subtract 2 from 3 times 9". */
    @Nullable
    Sum last() {
        Sum sum = operand();
        int before = tokens.mark();
        if (sum != null && tokens.accept("times")) {
            Sum by = operand();
            if (by != null) {
                return Sum.join(sum, "*", by);
            }
        }
        tokens.back(before);
        return sum;
    }

    @Nullable
    Sum chain() {
        Sum sum = operand();
        int signs = 0;
        while (sum != null) {
            int before = tokens.mark();
            Sum more = signs == 0 ? special(sum) : null;
            if (more != null) {
                return more;
            }
            tokens.back(before);
            String sign = signed();
            boolean loose = sign.isEmpty();
            sign = loose ? tokens.looseSign() : sign;
            Sum right = sign.isEmpty() ? null : sign.startsWith("<") ? last() : itself(sign) ? sum : operand();
            if (right == null) {
                tokens.back(before);
                return sum;
            }
            sure &= !loose;
            // 3 plus 4 doubled may be both.
            // A third less than 90.
            boolean fraction = sign.startsWith("<") ? sum.isFraction() : isOfTheLeft(sum, sign, right);
            boolean doubled = right.last().equals(Sum.CHANGED) && right.level() == Level.PRODUCT;
            if (doubled || fraction) {
                return null;
            }
            if (sign.startsWith("<")) {
                return signs == 0 ? Sum.join(right, sign.substring(1), sum) : null;
            }
            sum = appended(sum, sign, right);
            signs++;
        }
        return null;
    }

    // Of 80 minus a quarter, nobody knows whether it is one of the 80; plus a half is said of a number.
    private static boolean isOfTheLeft(Sum left, String sign, Sum right) {
        boolean half = right.text().equals("1 / 2") && sign.equals("+");
        return right.isFraction()
                && (sign.equals("+") || sign.equals("-"))
                && !half
                && !left.isFraction()
                && !left.text().equals("1")
                && !left.text().contains("/");
    }

    private boolean itself(String sign) {
        return sign.equals("*") && tokens.accept("itself");
    }

    // 9 minus 3 and minus 2.
    private String signed() {
        int before = tokens.mark();
        boolean and = tokens.accept("and");
        String sign = and && (tokens.peek("-") || tokens.peek("add")) ? "" : tokens.sign();
        // 3 plus 4 and multiplied by 2 goes on from the result.
        if (sign.isEmpty() || (and && !sign.equals("+") && !sign.equals("-"))) {
            sign = "";
            tokens.back(before);
        }
        return sign;
    }

    // What was said in one breath keeps the order of the signs: 2 + 3 * 4.
    private @Nullable Sum appended(Sum sum, String sign, Sum right) {
        boolean flat =
                sum.level() == Level.SUM && !sum.last().isEmpty() && !sum.last().equals(Sum.GROUP);
        if (!flat || sign.equals("+") || sign.equals("-")) {
            return Sum.join(sum, sign, right);
        }
        return right.level() == Level.WHOLE || right.isPercent()
                ? null
                : new Sum(sum.text() + " " + sign + " " + right.within(Level.NUMBER), Level.SUM, sign);
    }

    // With a word of their own after the numbers.
    private @Nullable Sum special(Sum sum) {
        if (sum.isPercent()) {
            boolean tip = tokens.accept("tip", "on");
            if (!tip && !tokens.accept("off") && !tokens.accept("discount", "on")) {
                return null;
            }
            Sum of = operand();
            return of == null ? null : tip ? Sum.share(sum, of) : Sum.join(of, "-", sum);
        }
        if (tokens.accept("go", "into")
                || tokens.accept("fit", "into")
                || tokens.accept("goes", "into")
                || tokens.accept("fits", "into")) {
            Sum of = operand();
            return of == null ? null : Sum.join(of, "/", sum);
        }
        if (tokens.accept("into")) {
            Sum of = operand();
            return of == null || !SumLists.isLess(sum, of) ? null : Sum.join(of, "/", sum);
        }
        if (tokens.peek("(") && sum.level() == Level.NUMBER) {
            // 2(3 + 4), and nothing after it: 6 / 2(1 + 2) is what people quarrel about.
            Sum by = operand();
            return by == null ? null : Sum.join(sum, "*", by);
        }
        boolean with = tokens.accept("with") || tokens.accept("plus") || tokens.accept("+");
        boolean less = !with
                && (tokens.accept("after") || tokens.accept("minus") || tokens.accept("less") || tokens.accept("-"));
        if (!with && !less) {
            return null;
        }
        tokens.accept("a");
        if (!PERCENT.matcher(tokens.current()).matches()) {
            return null;
        }
        Sum percent = Sum.number(tokens.next());
        if (tokens.accept("off")
                || tokens.accept("discount")
                || tokens.accept("decrease")
                || tokens.accept("reduction")) {
            return Sum.join(sum, "-", percent);
        }
        return with
                        && (tokens.accept("tax")
                                || tokens.accept("vat")
                                || tokens.accept("tip")
                                || tokens.accept("increase")
                                || tokens.accept("rise"))
                ? Sum.join(sum, "+", percent)
                : null;
    }

    @Nullable
    Sum operand() {
        Sum sum = operandAlone();
        while (sum != null) {
            String change = CHANGED.get(tokens.current());
            int power = change == null ? tokens.power("to", "the") : 0;
            if (change == null && power == 0) {
                return raised(sum);
            }
            if (change == null) {
                change = " ^ " + power;
            } else {
                tokens.next();
            }
            boolean negative = sum.text().startsWith("-") && change.contains("^");
            sum = negative || sum.level() == Level.WHOLE
                    ? null
                    : Sum.changed(sum, change).as(Sum.CHANGED);
        }
        return null;
    }

    // 2 ^ 3 ^ 2 is one thing to some and another to others.
    private @Nullable Sum raised(Sum base) {
        int before = tokens.mark();
        if (!tokens.powerSign()) {
            return base;
        }
        Sum power = operandAlone();
        if (power == null) {
            tokens.back(before);
            return base;
        }
        tokens.ordinal();
        tokens.accept("power");
        int after = tokens.mark();
        boolean more = tokens.powerSign() || CHANGED.containsKey(tokens.current());
        tokens.back(after);
        return more ? null : Sum.join(base, "^", power);
    }

    private @Nullable Sum operandAlone() {
        boolean article = false;
        while (ARTICLES.contains(tokens.current())) {
            article = tokens.next().startsWith("a");
        }
        String token = tokens.next();
        if (NUMBER.matcher(token).matches()) {
            int before = tokens.mark();
            if (tokens.ordinal() && tokens.accept("power", "of")) {
                return powerOf(" ^ " + token);
            }
            tokens.back(before);
            if (tokens.accept("dozen")) {
                return new Sum(token + " * 12", Level.PRODUCT, "");
            }
            return fractions.of(token);
        }
        if (PERCENT.matcher(token).matches()) {
            if (!tokens.accept("of")) {
                return Sum.number(token);
            }
            Sum of = operand();
            return of == null ? null : Sum.share(Sum.number(token), of);
        }
        if (SumFractions.isPart(token) && !tokens.peek("power")) {
            // Half 7 is an hour, too.
            loosely |= !tokens.peek("of") && !tokens.peek("off");
            return fractions.part(token, article);
        }
        if (token.equals("halve")) {
            Sum of = plain();
            return of == null ? null : Sum.changed(of, " / 2");
        }
        if (MULTIPLES.containsKey(token)) {
            tokens.accept("of");
            Sum of = plain();
            return of == null ? null : Sum.changed(of, " * " + MULTIPLES.get(token));
        }
        return switch (token) {
            case "-", "−", "–", "minus", "negative" -> negative();
            case "(" -> bracketed();
            case "√", "sqrt" -> root();
            case "root" -> root();
            case "square" -> tokens.accept("root") ? root() : powerOf(" ^ 2");
            case "cube" -> tokens.peek("root") ? null : powerOf(" ^ 3");
            case "dozen" -> Sum.number("12");
            case "sum", "total" -> tokens.accept("of") ? lists.group(lists.listed(), "+") : null;
            case "product" -> tokens.accept("of") ? lists.group(lists.listed(), "*") : null;
            case "difference" ->
                tokens.accept("of") || tokens.accept("between") ? lists.group(lists.listed(), "-") : null;
            case "quotient" -> tokens.accept("of") ? lists.group(lists.listed(), "/") : null;
            case "ratio" -> tokens.accept("of") ? two(Set.of("to", "and"), "/") : null;
            case "average", "mean" -> tokens.accept("of") ? lists.average() : null;
            case "remainder" -> remainder();
            case "factorial" -> tokens.accept("of") ? factorialOf() : null;
            case "absolute" -> tokens.accept("value", "of") ? absolute() : null;
            default -> {
                int power = SumTokens.ordinal(token);
                yield power > 0 && tokens.accept("power", "of") ? powerOf(" ^ " + power) : null;
            }
        };
    }

    // Half of 5 squared may be either.
    @Nullable
    Sum plain() {
        Sum of = operandAlone();
        int before = tokens.mark();
        boolean more = CHANGED.containsKey(tokens.current()) || tokens.peek("to", "the") || tokens.powerSign();
        tokens.back(before);
        return more ? null : of;
    }

    private @Nullable Sum negative() {
        String number = tokens.next();
        return NUMBER.matcher(number).matches() ? Sum.number("-" + number) : null;
    }

    private @Nullable Sum bracketed() {
        Sum inside = chain();
        return inside == null || !tokens.accept(")") || inside.level() == Level.WHOLE
                ? null
                : new Sum("(" + inside.text() + ")", Level.NUMBER, "");
    }

    private @Nullable Sum root() {
        tokens.accept("of");
        Sum of = operandAlone();
        boolean more = CHANGED.containsKey(tokens.current());
        if (of == null || more || of.level() == Level.WHOLE) {
            return null;
        }
        String inside = of.level() == Level.NUMBER
                        && of.text().startsWith("(")
                        && of.text().endsWith(")")
                ? of.text().substring(1, of.text().length() - 1)
                : of.text();
        return Sum.number("sqrt(" + inside + ")");
    }

    private @Nullable Sum powerOf(String change) {
        tokens.accept("of");
        Sum of = operandAlone();
        return of == null || of.text().startsWith("-") ? null : Sum.changed(of, change);
    }

    private @Nullable Sum remainder() {
        boolean when = tokens.accept("when");
        if (!when && !tokens.accept("of")) {
            return null;
        }
        Sum of = operand();
        if (when) {
            tokens.accept("is");
        }
        Sum by = of != null && (tokens.accept("divided", "by") || tokens.accept("over")) ? operand() : null;
        Sum rest = by == null || of == null ? null : Sum.join(of, "mod", by);
        return rest == null ? null : Sum.number("(" + rest.text() + ")");
    }

    private @Nullable Sum factorialOf() {
        String number = tokens.next();
        return NUMBER.matcher(number).matches() ? Sum.number(number + "!") : null;
    }

    private @Nullable Sum absolute() {
        Sum of = operandAlone();
        boolean more = !tokens.sign().isEmpty();
        return more || of == null || of.level() != Level.NUMBER ? null : Sum.number("abs(" + of.text() + ")");
    }

    @Nullable
    Sum two(Set<String> between, String sign) {
        Sum sum = operand();
        String separator = tokens.next();
        if (sum == null || !between.contains(separator)) {
            return null;
        }
        // Multiply 3 by 4 and 5 may be two sums.
        boolean row = separator.equals(",") || separator.equals("and");
        Sum second = tokens.accept("itself") ? sum : operand();
        if (second == null) {
            return null;
        }
        if (second.isFraction() && (sign.equals("+") || sign.equals("-"))) {
            // Reduce 90 by a third.
            return Sum.join(sum, sign, new Sum(sum.within(Level.PRODUCT) + " * " + second.text(), Level.PRODUCT, ""));
        }
        sum = Sum.join(sum, sign, second);
        while (sum != null
                && sign.equals("*")
                && tokens.peekAny(between)
                && !tokens.peek("times")
                && (row || !tokens.peek("and"))) {
            int before = tokens.mark();
            boolean comma = tokens.next().equals(",");
            Sum more = operand();
            if (more == null || (comma && more.text().startsWith("-"))) {
                tokens.back(before);
                return sum;
            }
            sum = Sum.join(sum, sign, more);
        }
        return sum;
    }
}
