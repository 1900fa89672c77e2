package io.pipecat.tools.local.calculator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementaryTest {
    private static final MathContext FINE = new MathContext(120, RoundingMode.HALF_EVEN);

    private static BigDecimal arctanOfInverse(int n) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), FINE);
        BigDecimal square = BigDecimal.valueOf((long) n * n);
        BigDecimal sum = power;
        for (int k = 3; power.signum() != 0 && power.precision() - power.scale() > -115; k += 2) {
            power = power.divide(square, FINE).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(k), FINE), FINE);
        }
        return sum;
    }

    @Test
    void piIsWhatMachinsFormulaGives() {
        BigDecimal pi = arctanOfInverse(5)
                .multiply(BigDecimal.valueOf(16))
                .subtract(arctanOfInverse(239).multiply(BigDecimal.valueOf(4)));
        assertEquals(pi.setScale(100, RoundingMode.DOWN), Elementary.PI);
    }

    @Test
    void logarithmUndoesExponential() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            BigDecimal x = BigDecimal.valueOf(random.nextLong(4_000_000_000L) - 2_000_000_000L, random.nextInt(6, 20));
            BigDecimal back = Elementary.ln(Elementary.exp(x));
            assertTrue(x.subtract(back).abs().compareTo(new BigDecimal("1e-60")) < 0, x + " came back as " + back);
        }
    }

    @Test
    void sineAndCosineLieOnTheCircleAndAgreeWithTheProcessor() {
        Random random = new Random(9);
        for (int i = 0; i < 300; i++) {
            BigDecimal x = BigDecimal.valueOf(random.nextLong(2_000_000L) - 1_000_000L, random.nextInt(6));
            BigDecimal sin = Elementary.sin(x);
            BigDecimal cos = Elementary.cos(x);
            BigDecimal one = sin.multiply(sin).add(cos.multiply(cos));
            assertTrue(one.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("1e-44")) < 0, x + ": " + one);
            assertEquals(Math.sin(x.doubleValue()), sin.doubleValue(), 1e-9, () -> "sin " + x);
            assertEquals(Math.cos(x.doubleValue()), cos.doubleValue(), 1e-9, () -> "cos " + x);
        }
    }

    @Test
    void exponentialAgreesWithTheProcessor() {
        for (int i = -700; i <= 700; i += 7) {
            double expected = Math.exp(i);
            assertEquals(expected, Elementary.exp(BigDecimal.valueOf(i)).doubleValue(), expected * 1e-13);
        }
    }
}
