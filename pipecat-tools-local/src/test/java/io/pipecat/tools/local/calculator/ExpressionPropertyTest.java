package io.pipecat.tools.local.calculator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random expressions with fixed seeds, against BigDecimal. */
class ExpressionPropertyTest {
    private static final MathContext SHOWN = new MathContext(34, RoundingMode.HALF_EVEN);

    /**
     * An expression and what it is.
     *
     * @param text as it is written
     * @param value its exact value
     * @param precedence 0 for a sum, 1 for a product, 2 for a power, 3 for what never needs parentheses
     */
    private record Sample(String text, BigDecimal value, int precedence) {
        String in(int outer) {
            return precedence < outer ? "(" + text + ")" : text;
        }
    }

    private static Sample number(Random random) {
        BigDecimal value = BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(4));
        return new Sample(value.toPlainString(), value, 3);
    }

    private static Sample random(Random random, int depth) {
        if (depth == 0) {
            return number(random);
        }
        Sample a = random(random, depth - 1);
        Sample b = random(random, depth - 1);
        String space = random.nextBoolean() ? " " : "";
        return switch (random.nextInt(6)) {
            case 0 -> new Sample(a.in(0) + space + "+" + space + b.in(1), a.value.add(b.value), 0);
            case 1 -> new Sample(a.in(0) + space + "-" + space + b.in(1), a.value.subtract(b.value), 0);
            case 2 -> new Sample(a.in(1) + space + "*" + space + b.in(2), a.value.multiply(b.value), 1);
            case 3 -> new Sample(a.in(1) + space + "×" + space + "-" + b.in(2), a.value.multiply(b.value.negate()), 1);
            case 4 -> new Sample(a.in(3) + "^2", a.value.pow(2), 2);
            default -> new Sample("-" + a.in(2), a.value.negate(), 1);
        };
    }

    @Test
    void sumsProductsAndSquaresOfWholeNumbersAreExact() throws Exception {
        Random random = new Random(391);
        for (int i = 0; i < 2000; i++) {
            Sample sample = random(random, random.nextInt(5));
            if (sample.text.length() > Expression.MAX_LENGTH) {
                continue;
            }
            BigDecimal result =
                    new BigDecimal(Expression.evaluate(sample.text).toJson().text());
            boolean whole = sample.value.stripTrailingZeros().scale() <= 0;
            if (sample.value.precision() <= 34 || (whole && !sample.text.contains("."))) {
                assertEquals(0, sample.value.compareTo(result), () -> sample.text + " gave " + result);
            } else {
                assertClose(sample.value, result, sample.text);
            }
        }
    }

    /** Rounding on the way shows only where nearly all of a number cancels out. */
    private static void assertClose(BigDecimal expected, BigDecimal result, String text) {
        BigDecimal error = expected.subtract(result).abs();
        BigDecimal allowed = expected.abs().max(BigDecimal.ONE).movePointLeft(15);
        assertTrue(error.compareTo(allowed) <= 0, () -> text + " gave " + result + " instead of " + expected);
    }

    @Test
    void quotientsAreRightToThirtyFourDigits() throws Exception {
        Random random = new Random(17);
        for (int i = 0; i < 2000; i++) {
            BigDecimal a = number(random).value;
            BigDecimal b = number(random).value.add(BigDecimal.ONE);
            String text = a.toPlainString() + " / " + b.toPlainString();
            BigDecimal result =
                    new BigDecimal(Expression.evaluate(text).toJson().text());
            assertEquals(0, a.divide(b, SHOWN).compareTo(result), text);
        }
    }

    @Test
    void remaindersLieBetweenZeroAndTheDivisor() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            BigDecimal a = number(random).value.subtract(BigDecimal.valueOf(500));
            BigDecimal b = number(random).value.add(BigDecimal.ONE);
            BigDecimal result = new BigDecimal(
                    Expression.evaluate("(" + a + ") mod " + b).toJson().text());
            assertTrue(result.signum() >= 0 && result.compareTo(b) < 0, a + " mod " + b + " = " + result);
            assertEquals(0, a.subtract(result).remainder(b).signum(), a + " mod " + b + " = " + result);
        }
    }

    @Test
    void whateverComesInEndsInAResultOrASentence() {
        Random random = new Random(23);
        String alphabet = "0123456789..,,()()+-*/^%!°√²³× \tepixmodofsqrtminmaxln€\u0000é";
        int results = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Expression.evaluate(text.toString()).toJson();
                results++;
            } catch (CalculationException e) {
                assertTrue(e.getMessage().length() > 10, text::toString);
            }
        }
        assertTrue(results > 100, "only " + results + " of the expressions had a result");
    }
}
