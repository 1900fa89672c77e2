package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What a sum comes to, by the calculator's rules: two ways of writing a sum are the same answer if they
 * come to the same.
 */
public final class SumValue {
    private static final MathContext DIGITS = MathContext.DECIMAL64;

    private final String sum;
    private int at;

    private SumValue(String sum) {
        this.sum = sum;
    }

    /** Returns the value; empty if it is no sum that this can read. */
    public static Optional<BigDecimal> of(String sum) {
        try {
            SumValue reader =
                    new SumValue(sum.replace(" of ", "*").replace("mod", "~").replace(" ", ""));
            BigDecimal value = reader.terms();
            return reader.at == reader.sum.length()
                    ? Optional.of(value.round(new MathContext(12)).stripTrailingZeros())
                    : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean take(String sign) {
        boolean there = sum.startsWith(sign, at);
        at += there ? sign.length() : 0;
        return there;
    }

    private BigDecimal terms() {
        BigDecimal value = factors();
        while (true) {
            boolean plus = take("+");
            if (!plus && !take("-")) {
                return value;
            }
            int from = at;
            BigDecimal term = factors();
            // 50 + 10% is 10% of the 50 more.
            boolean share = sum.substring(from, at).matches("[0-9.]+%");
            BigDecimal by = share ? value.multiply(term, DIGITS) : term;
            value = plus ? value.add(by) : value.subtract(by);
        }
    }

    private BigDecimal factors() {
        BigDecimal value = signed();
        while (true) {
            if (take("*")) {
                value = value.multiply(signed(), DIGITS);
            } else if (take("/")) {
                value = value.divide(signed(), DIGITS);
            } else if (take("~")) {
                value = value.remainder(signed(), DIGITS);
            } else {
                return value;
            }
        }
    }

    private BigDecimal signed() {
        return take("-") ? signed().negate() : power();
    }

    private BigDecimal power() {
        BigDecimal value = operand();
        while (true) {
            if (take("!")) {
                value = factorial(value.intValueExact());
            } else if (take("%")) {
                value = value.movePointLeft(2);
            } else if (take("^")) {
                return BigDecimal.valueOf(Math.pow(value.doubleValue(), signed().doubleValue()));
            } else {
                return value;
            }
        }
    }

    private static BigDecimal factorial(int n) {
        if (n < 0 || n > 200) {
            throw new ArithmeticException("factorial of " + n);
        }
        return n < 2 ? BigDecimal.ONE : BigDecimal.valueOf(n).multiply(factorial(n - 1));
    }

    private BigDecimal operand() {
        if (take("sqrt(")) {
            return closed(terms()).sqrt(DIGITS);
        }
        if (take("abs(")) {
            return closed(terms()).abs();
        }
        if (take("(")) {
            return closed(terms());
        }
        int from = at;
        while (at < sum.length() && (Character.isDigit(sum.charAt(at)) || sum.charAt(at) == '.')) {
            at++;
        }
        return new BigDecimal(sum.substring(from, at));
    }

    private BigDecimal closed(BigDecimal value) {
        if (!take(")")) {
            throw new NumberFormatException("no ) at " + at);
        }
        return value;
    }
}
