package io.pipecat.tools.local.calculator;

import io.pipecat.tools.local.calculator.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Evaluates an expression by recursive descent.
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = unary { ("*" | "/" | "mod" | "of") unary | power }       a factor may follow directly: 2(3 + 4), 2 pi
 * unary   = { "+" | "-" } power
 * power   = postfix [ "^" unary ]                                    so -2^2 is -4, and 2^3^2 is 2^9
 * postfix = primary { "%" | "!" | "°" | superscript }
 * primary = number | constant | function "(" sum { "," sum } ")" | "√" primary | "(" sum ")"
 * </pre>
 *
 * <p>{@code 10%} is 0.1, but added to or taken from something it is a share of that, as on a pocket calculator: {@code 50 + 10%} is
 * 55. What two readers would read differently is refused: a factor that follows a division directly, {@code 17 % 5}.
 */
final class Expression {
    static final int MAX_LENGTH = 1000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_SHOWN = 60;
    private static final Decimal HUNDRED = new Decimal(BigDecimal.valueOf(100), true);
    private static final Decimal STRAIGHT_ANGLE = new Decimal(BigDecimal.valueOf(180), true);
    private static final String FLOOR_DIVISION = ": for whole division write floor(7 / 2)";

    /**
     * The value of a part of the expression.
     *
     * @param value the value
     * @param percent whether it is written as a percentage and nothing else
     */
    private record Part(Decimal value, boolean percent) {
        static Part of(Decimal value) {
            return new Part(value, false);
        }
    }

    private interface Step {
        Decimal result() throws CalculationException;
    }

    private final List<Token> tokens;
    private int next;
    private int depth;

    private Expression(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Decimal evaluate(String text) throws CalculationException {
        if (text.length() > MAX_LENGTH) {
            throw new CalculationException("an expression of " + text.length() + " characters, where at most "
                    + MAX_LENGTH + " are taken: compute it in parts");
        }
        // People end a question so, and models copy it.
        Expression expression = new Expression(Lexer.tokens(text.replaceFirst("[\\s=?]+$", "")));
        if (expression.peek().is(Kind.END)) {
            throw new CalculationException("an empty expression");
        }
        Part result = expression.sum();
        Token rest = expression.peek();
        if (!rest.is(Kind.END)) {
            throw expression.unexpectedAfterOperand(rest);
        }
        return result.value();
    }

    private Part sum() throws CalculationException {
        Part left = product();
        while (peek().is(Kind.PLUS) || peek().is(Kind.MINUS)) {
            Token operator = take();
            Part right = product();
            Part before = left;
            boolean share = right.percent() && !before.percent();
            Decimal value = at(operator, () -> {
                Decimal amount = share ? before.value().times(right.value()) : right.value();
                return operator.is(Kind.PLUS)
                        ? before.value().plus(amount)
                        : before.value().minus(amount);
            });
            left = new Part(value, before.percent() && right.percent());
        }
        return left;
    }

    private Part product() throws CalculationException {
        Part left = unary();
        boolean afterDivision = false;
        while (true) {
            Token operator = peek();
            Part before = left;
            switch (operator.kind()) {
                case TIMES, OF -> {
                    take();
                    Part right = unary();
                    left = Part.of(at(operator, () -> before.value().times(right.value())));
                    afterDivision = false;
                }
                case DIVIDE, MOD -> {
                    take();
                    Part right = unary();
                    left = Part.of(at(
                            operator,
                            () -> operator.is(Kind.MOD)
                                    ? before.value().mod(right.value())
                                    : before.value().dividedBy(right.value())));
                    afterDivision = true;
                }
                case NAME, ROOT, OPEN -> {
                    if (before.percent() || (operator.is(Kind.NAME) && !isKnown(operator))) {
                        throw unexpectedAfterOperand(operator);
                    }
                    if (afterDivision) {
                        throw new CalculationException(
                                "a factor without a sign " + where(operator)
                                        + ", right after a division, which can be read in two ways: write a / b * c or a / (b * c)");
                    }
                    Part right = power();
                    left = Part.of(at(operator, () -> before.value().times(right.value())));
                }
                default -> {
                    return left;
                }
            }
        }
    }

    private Part unary() throws CalculationException {
        boolean negative = false;
        while (peek().is(Kind.PLUS) || peek().is(Kind.MINUS)) {
            negative ^= take().is(Kind.MINUS);
        }
        Part operand = power();
        return negative ? new Part(operand.value().negate(), operand.percent()) : operand;
    }

    private Part power() throws CalculationException {
        Part base = postfix();
        if (!peek().is(Kind.POWER)) {
            return base;
        }
        Token operator = take();
        enter(operator);
        Part exponent = unary();
        depth--;
        return Part.of(at(operator, () -> base.value().power(exponent.value())));
    }

    private Part postfix() throws CalculationException {
        Part operand = primary();
        while (true) {
            Token operator = peek();
            Decimal value = operand.value();
            switch (operator.kind()) {
                case PERCENT -> operand = new Part(at(take(), () -> value.dividedBy(HUNDRED)), true);
                case FACTORIAL -> operand = Part.of(at(take(), value::factorial));
                case DEGREE ->
                    operand = Part.of(at(take(), () -> value.times(Decimal.PI).dividedBy(STRAIGHT_ANGLE)));
                case SUPERSCRIPT ->
                    operand = Part.of(at(take(), () -> value.power(Decimal.of(new BigDecimal(operator.text())))));
                default -> {
                    return operand;
                }
            }
        }
    }

    private Part primary() throws CalculationException {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> Part.of(at(token, () -> number(token.text())));
            case NAME -> Part.of(named(token));
            case ROOT -> root(token);
            case OPEN -> parenthesised(token);
            default -> throw missingOperand(token);
        };
    }

    private Part root(Token sign) throws CalculationException {
        enter(sign);
        Part operand = primary();
        depth--;
        return Part.of(at(sign, operand.value()::squareRoot));
    }

    private Part parenthesised(Token open) throws CalculationException {
        enter(open);
        Part inner = sum();
        close(open);
        depth--;
        return inner;
    }

    private static Decimal number(String digits) throws CalculationException {
        try {
            return Decimal.of(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            // The lexer let only digits through, so it is the exponent that is beyond what a BigDecimal holds.
            throw digits.contains("-") ? Decimal.tooSmall() : Decimal.tooLarge();
        }
    }

    private Decimal named(Token token) throws CalculationException {
        String name = token.text().toLowerCase(Locale.ROOT);
        Decimal constant = Functions.CONSTANTS.get(name);
        if (constant != null) {
            return constant;
        }
        if (!Functions.has(name)) {
            throw unknown(token);
        }
        Token open = take();
        if (!open.is(Kind.OPEN)) {
            throw new CalculationException(
                    "a function without parentheses " + where(token) + ": write " + name + "(…)");
        }
        enter(open);
        List<Decimal> values = new ArrayList<>();
        if (!peek().is(Kind.CLOSE)) {
            values.add(sum().value());
            while (peek().is(Kind.COMMA)) {
                take();
                values.add(sum().value());
            }
        }
        close(open);
        depth--;
        return at(token, () -> Functions.call(name, values));
    }

    private void close(Token open) throws CalculationException {
        Token token = peek();
        if (token.is(Kind.CLOSE)) {
            take();
        } else if (token.is(Kind.END)) {
            throw new CalculationException("no ')' for the '(' at position " + open.position());
        } else {
            throw unexpectedAfterOperand(token);
        }
    }

    private static boolean isKnown(Token name) {
        String lower = name.text().toLowerCase(Locale.ROOT);
        return Functions.CONSTANTS.containsKey(lower) || Functions.has(lower);
    }

    private CalculationException missingOperand(Token token) {
        boolean doubled =
                token.is(Kind.DIVIDE) && next >= 2 && tokens.get(next - 2).is(Kind.DIVIDE);
        return new CalculationException(token.shown() + " at position " + token.position()
                + ", where a number, a function or '(' should be" + (doubled ? FLOOR_DIVISION : ""));
    }

    private CalculationException unexpectedAfterOperand(Token token) {
        if (token.is(Kind.CLOSE)) {
            return new CalculationException("a ')' at position " + token.position() + " without its '('");
        }
        if (token.beginsOperand() && next >= 1 && tokens.get(next - 1).is(Kind.PERCENT)) {
            return new CalculationException(
                    "'%' at position " + tokens.get(next - 1).position()
                            + " before a value, which can be read in two ways: write 17 mod 5 for a remainder, 17% of 5 for a share");
        }
        if (token.is(Kind.NAME) && !isKnown(token)) {
            return unknown(token);
        }
        return new CalculationException(
                token.shown() + " at position " + token.position() + ", where an operator such as + or * should be");
    }

    private static CalculationException unknown(Token name) {
        return new CalculationException("an unknown name " + where(name) + ": there are the functions "
                + Functions.names() + " and the constants pi and e");
    }

    private static String where(Token token) {
        String text =
                token.text().length() <= MAX_SHOWN ? token.text() : token.text().substring(0, MAX_SHOWN) + "…";
        return "'" + text + "' at position " + token.position();
    }

    private Decimal at(Token token, Step step) throws CalculationException {
        try {
            return step.result();
        } catch (CalculationException e) {
            throw new CalculationException(e.getMessage() + " (at position " + token.position() + ")");
        }
    }

    private void enter(Token token) throws CalculationException {
        if (++depth > MAX_DEPTH) {
            throw new CalculationException("more than " + MAX_DEPTH + " levels of nesting at position "
                    + token.position() + ": compute it in parts");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    /** The end is never taken away. */
    private Token take() {
        Token token = tokens.get(next);
        if (!token.is(Kind.END)) {
            next++;
        }
        return token;
    }
}
