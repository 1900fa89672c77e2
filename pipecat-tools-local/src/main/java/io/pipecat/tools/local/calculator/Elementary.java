package io.pipecat.tools.local.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Exponential, logarithm, sine and cosine by power series after reducing the argument. Results are good to at least 60 digits, well
 * more than anybody is shown.
 */
final class Elementary {
    static final MathContext PRECISION = new MathContext(80, RoundingMode.HALF_EVEN);

    /** The first 100 decimals; the tests compute them anew. */
    static final BigDecimal PI = new BigDecimal("3."
            + "14159265358979323846264338327950288419716939937510"
            + "58209749445923078164062862089986280348253421170679");

    /** Beyond it {@link #PI} has too few digits to say where in the circle a number lies. */
    static final BigDecimal MAX_ANGLE = new BigDecimal("1e15");

    private static final BigDecimal HALF_PI = PI.divide(BigDecimal.TWO);
    private static final BigDecimal NEAR_ONE_FROM = new BigDecimal("0.9");
    private static final BigDecimal NEAR_ONE_TO = new BigDecimal("1.1");
    private static final int HALVINGS_FOR_SERIES = 8;
    /** Of an angle that was itself rounded, more decimals of the sine are noise: sin(pi) is 0. */
    private static final int ANGLE_DECIMALS = 45;

    private static final BigDecimal LN_10 = lnByExp(BigDecimal.TEN);

    private Elementary() {}

    /** About log10 of a positive number of any size. */
    static double log10(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        return Math.log10(value.movePointLeft(exponent).doubleValue()) + exponent;
    }

    /** For arguments up to a few thousand in magnitude. */
    static BigDecimal exp(BigDecimal x) {
        if (x.signum() == 0) {
            return BigDecimal.ONE;
        }
        int halvings = Math.max(0, Math.getExponent(x.doubleValue()) + 1 + HALVINGS_FOR_SERIES);
        BigDecimal reduced = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), PRECISION);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; !negligible(term, sum); n++) {
            term = term.multiply(reduced, PRECISION).divide(BigDecimal.valueOf(n), PRECISION);
            sum = sum.add(term, PRECISION);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, PRECISION);
        }
        return sum;
    }

    /** For positive numbers. */
    static BigDecimal ln(BigDecimal x) {
        if (x.compareTo(NEAR_ONE_FROM) > 0 && x.compareTo(NEAR_ONE_TO) < 0) {
            return lnNearOne(x);
        }
        int exponent = x.precision() - x.scale() - 1;
        BigDecimal scaled = lnByExp(x.movePointLeft(exponent));
        return scaled.add(LN_10.multiply(BigDecimal.valueOf(exponent)), PRECISION);
    }

    /** The floating-point logarithm is right to some 15 digits; what is missing is the logarithm of a number very near one. */
    private static BigDecimal lnByExp(BigDecimal x) {
        BigDecimal guess = new BigDecimal(Math.log(x.doubleValue()));
        return guess.add(lnNearOne(x.divide(exp(guess), PRECISION)), PRECISION);
    }

    /** ln x = 2 artanh((x - 1) / (x + 1)), without cancellation however near to one. */
    private static BigDecimal lnNearOne(BigDecimal x) {
        BigDecimal ratio = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), PRECISION);
        BigDecimal square = ratio.multiply(ratio, PRECISION);
        BigDecimal sum = ratio;
        BigDecimal power = ratio;
        for (int n = 3; !negligible(power, sum); n += 2) {
            power = power.multiply(square, PRECISION);
            sum = sum.add(power.divide(BigDecimal.valueOf(n), PRECISION), PRECISION);
        }
        return sum.multiply(BigDecimal.TWO);
    }

    /** For angles in radians up to {@link #MAX_ANGLE}. */
    static BigDecimal sin(BigDecimal x) {
        return sinOfQuarters(x, 0);
    }

    /** For angles in radians up to {@link #MAX_ANGLE}. */
    static BigDecimal cos(BigDecimal x) {
        return sinOfQuarters(x, 1);
    }

    /** sin(x + shift quarter turns). */
    private static BigDecimal sinOfQuarters(BigDecimal x, int shift) {
        BigInteger quarters = x.divide(HALF_PI, 0, RoundingMode.HALF_EVEN).toBigInteger();
        BigDecimal rest = x.subtract(HALF_PI.multiply(new BigDecimal(quarters)));
        int turn = quarters.add(BigInteger.valueOf(shift))
                .mod(BigInteger.valueOf(4))
                .intValueExact();
        BigDecimal magnitude = turn % 2 == 0 ? series(rest, rest, 2) : series(BigDecimal.ONE, rest, 1);
        BigDecimal result = turn >= 2 ? magnitude.negate() : magnitude;
        return quarters.signum() != 0 && result.scale() > ANGLE_DECIMALS
                ? result.setScale(ANGLE_DECIMALS, RoundingMode.HALF_EVEN)
                : result;
    }

    /** first - first x² / (n (n + 1)) + …: the sine from x and 2, the cosine from 1 and 1. */
    private static BigDecimal series(BigDecimal first, BigDecimal x, int firstFactor) {
        BigDecimal minusSquare = x.multiply(x, PRECISION).negate();
        BigDecimal sum = first;
        BigDecimal term = first;
        for (int n = firstFactor; !negligible(term, sum); n += 2) {
            term = term.multiply(minusSquare, PRECISION).divide(BigDecimal.valueOf((long) n * (n + 1)), PRECISION);
            sum = sum.add(term, PRECISION);
        }
        return sum;
    }

    private static boolean negligible(BigDecimal term, BigDecimal sum) {
        return term.signum() == 0
                || (long) term.precision() - term.scale()
                        < (long) sum.precision() - sum.scale() - PRECISION.getPrecision();
    }
}
