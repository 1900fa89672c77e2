package io.pipecat.tools.local.calculator;

import io.pipecat.api.json.JsonNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A number of the calculator. Whole numbers stay exact up to {@value #MAX_DIGITS} digits; anything else is kept to 50 significant
 * digits and shown to {@value #SHOWN_DIGITS}, so that {@code 1 / 3 * 3} is 1 and not 0.999….
 *
 * <p>Nothing here takes long or much memory: what would be larger than 10^1000 or closer to zero than 10^-1000 is refused, powers
 * before they are computed.
 *
 * @param value the number; between 10^-1000 and 10^1000 in magnitude, or zero
 * @param exact whether nothing was rounded away on the way to it
 */
record Decimal(BigDecimal value, boolean exact) {
    static final int SHOWN_DIGITS = 34;
    static final int MAX_DIGITS = 1000;
    static final Decimal ONE = new Decimal(BigDecimal.ONE, true);
    static final Decimal ZERO = new Decimal(BigDecimal.ZERO, true);
    static final Decimal PI = new Decimal(Elementary.PI.round(digits(50)), false);
    static final Decimal E = new Decimal(Elementary.exp(BigDecimal.ONE).round(digits(50)), false);
    static final String DIVISION_BY_ZERO = "division by zero, which has no result";

    private static final MathContext WORKING = digits(50);
    private static final MathContext SETTLED = digits(40);
    private static final int MAX_PADDING = 40;
    private static final int MAX_LEADING_ZEROS = 20;
    /** What {@link BigDecimal#pow(int, MathContext)} takes. */
    private static final BigDecimal MAX_WHOLE_EXPONENT = new BigDecimal(999_999_999);
    /** e to this is a little more than 10^1000. */
    private static final BigDecimal MAX_NATURAL_EXPONENT = new BigDecimal(2303);

    private static MathContext digits(int precision) {
        return new MathContext(precision, RoundingMode.HALF_EVEN);
    }

    /** An exact number, as somebody wrote it. */
    static Decimal of(BigDecimal value) throws CalculationException {
        return bounded(value, true);
    }

    static Decimal of(BigInteger value) throws CalculationException {
        return bounded(new BigDecimal(value), true);
    }

    /** A number that was computed to more than the working digits, if not {@code exact}. */
    static Decimal bounded(BigDecimal value, boolean exact) throws CalculationException {
        if (value.signum() == 0) {
            return new Decimal(BigDecimal.ZERO, exact);
        }
        // As long: the scale of what somebody sent can be close to the end of an int.
        long integerDigits = (long) value.precision() - value.scale();
        if (integerDigits > MAX_DIGITS) {
            throw tooLarge();
        }
        if (integerDigits < -MAX_DIGITS) {
            throw tooSmall();
        }
        if (exact && (value.precision() <= WORKING.getPrecision() || isWhole(value))) {
            return new Decimal(value, true);
        }
        BigDecimal rounded = value.round(WORKING);
        return new Decimal(rounded, exact && rounded.compareTo(value) == 0);
    }

    static CalculationException tooLarge() {
        return new CalculationException(
                "a number of more than " + MAX_DIGITS + " digits, which is too large to compute");
    }

    static CalculationException tooSmall() {
        return new CalculationException(
                "a number closer to zero than 10^-" + MAX_DIGITS + ", which is too small to compute");
    }

    private static boolean isWhole(BigDecimal value) {
        return value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
    }

    /** The value without what rounding left in its last digits: what decides whether a number is whole. */
    BigDecimal settled() {
        return exact ? value : value.round(SETTLED);
    }

    boolean isWhole() {
        return isWhole(settled());
    }

    int signum() {
        return value.signum();
    }

    Decimal negate() {
        return new Decimal(value.negate(), exact);
    }

    Decimal abs() {
        return new Decimal(value.abs(), exact);
    }

    Decimal plus(Decimal other) throws CalculationException {
        BigDecimal sum = value.add(other.value);
        boolean bothExact = exact && other.exact;
        if (!bothExact && sum.signum() != 0) {
            // What is left of two nearly equal numbers is mere rounding: 1 / 3 * 3 - 1 is 0.
            BigDecimal noise = value.abs().max(other.value.abs()).movePointLeft(45);
            if (sum.abs().compareTo(noise) < 0) {
                return new Decimal(BigDecimal.ZERO, false);
            }
        }
        return bounded(sum, bothExact);
    }

    Decimal minus(Decimal other) throws CalculationException {
        return plus(other.negate());
    }

    Decimal times(Decimal other) throws CalculationException {
        return bounded(value.multiply(other.value), exact && other.exact);
    }

    Decimal dividedBy(Decimal other) throws CalculationException {
        if (other.signum() == 0) {
            throw new CalculationException(DIVISION_BY_ZERO);
        }
        boolean bothExact = exact && other.exact;
        if (bothExact && isWhole(value) && isWhole(other.value)) {
            BigInteger[] parts = value.toBigInteger().divideAndRemainder(other.value.toBigInteger());
            if (parts[1].signum() == 0) {
                return of(parts[0]);
            }
        }
        BigDecimal quotient = value.divide(other.value, Elementary.PRECISION);
        return bounded(quotient, bothExact && quotient.multiply(other.value).compareTo(value) == 0);
    }

    /** The remainder, with the sign of the divisor. */
    Decimal mod(Decimal other) throws CalculationException {
        if (other.signum() == 0) {
            throw new CalculationException("a remainder of a " + DIVISION_BY_ZERO);
        }
        boolean bothExact = exact && other.exact;
        long quotientDigits = (long) value.precision() - value.scale() - other.value.precision() + other.value.scale();
        if (!bothExact && signum() != 0 && quotientDigits > SHOWN_DIGITS) {
            throw new CalculationException(
                    "a remainder that rounding decides: one side of mod is known to " + SHOWN_DIGITS + " digits only");
        }
        BigDecimal remainder = settled().remainder(other.settled());
        if (remainder.signum() != 0 && remainder.signum() != other.signum()) {
            remainder = remainder.add(other.settled());
        }
        return bounded(remainder, bothExact);
    }

    Decimal power(Decimal exponent) throws CalculationException {
        if (exponent.signum() == 0) {
            return ONE;
        }
        if (signum() == 0) {
            if (exponent.signum() < 0) {
                throw new CalculationException("zero to a negative power, which is a " + DIVISION_BY_ZERO);
            }
            return ZERO;
        }
        boolean wholeExponent = exponent.isWhole();
        if (signum() < 0 && !wholeExponent) {
            throw new CalculationException("a negative number to a fractional power, which has no real result");
        }
        boolean negative = signum() < 0 && exponent.settled().toBigInteger().testBit(0);
        BigDecimal base = value.abs();
        if (base.compareTo(BigDecimal.ONE) == 0) {
            return new Decimal(negative ? BigDecimal.ONE.negate() : BigDecimal.ONE, exact && exponent.exact);
        }
        double resultDigits = Elementary.log10(base) * exponent.value.doubleValue();
        if (resultDigits > MAX_DIGITS + 1) {
            throw tooLarge();
        }
        if (resultDigits < -MAX_DIGITS - 1) {
            throw tooSmall();
        }
        Decimal magnitude = wholeExponent && exponent.value.abs().compareTo(MAX_WHOLE_EXPONENT) <= 0
                ? wholePower(base, exponent.settled().intValueExact(), exact && exponent.exact)
                : exponential(exponent.value.multiply(Elementary.ln(base), Elementary.PRECISION));
        return negative ? magnitude.negate() : magnitude;
    }

    private static Decimal wholePower(BigDecimal base, int exponent, boolean exact) throws CalculationException {
        if (exponent < 0) {
            return ONE.dividedBy(wholePower(base, -exponent, exact));
        }
        BigDecimal shortest = base.stripTrailingZeros();
        boolean small = exact && (isWhole(base) || (long) shortest.precision() * exponent <= WORKING.getPrecision());
        return small ? of(shortest.pow(exponent)) : bounded(base.pow(exponent, Elementary.PRECISION), false);
    }

    /** e to a power. */
    static Decimal exponential(BigDecimal power) throws CalculationException {
        if (power.abs().compareTo(MAX_NATURAL_EXPONENT) > 0) {
            throw power.signum() > 0 ? tooLarge() : tooSmall();
        }
        return bounded(Elementary.exp(power), power.signum() == 0);
    }

    Decimal squareRoot() throws CalculationException {
        if (signum() < 0) {
            throw new CalculationException("the square root of a negative number, which has no real result");
        }
        if (exact && isWhole(value)) {
            BigInteger[] root = value.toBigInteger().sqrtAndRemainder();
            if (root[1].signum() == 0) {
                return of(root[0]);
            }
        }
        BigDecimal root = value.sqrt(Elementary.PRECISION);
        return bounded(root, exact && root.multiply(root).compareTo(value) == 0);
    }

    Decimal factorial() throws CalculationException {
        if (signum() < 0 || !isWhole()) {
            throw new CalculationException("the factorial of what is not a whole number from 0 on");
        }
        if (value.compareTo(new BigDecimal(MAX_DIGITS)) > 0) {
            throw tooLarge();
        }
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= settled().intValueExact(); i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return of(product);
    }

    Decimal rounded(int places, RoundingMode mode) throws CalculationException {
        BigDecimal from = settled();
        return from.scale() <= places ? this : bounded(from.setScale(places, mode), exact);
    }

    /** The number as the caller gets it: no trailing zeros, and an exponent only where there would be mostly zeros instead. */
    JsonNumber toJson() {
        boolean allDigits = exact && isWhole(value);
        BigDecimal shown = (allDigits ? value : value.round(digits(SHOWN_DIGITS))).stripTrailingZeros();
        int integerDigits = shown.precision() - shown.scale();
        boolean plain;
        if (shown.scale() > 0) {
            plain = integerDigits >= -MAX_LEADING_ZEROS;
        } else if (allDigits) {
            plain = -shown.scale() <= Math.max(MAX_PADDING, shown.precision());
        } else {
            plain = integerDigits <= SHOWN_DIGITS;
        }
        return new JsonNumber(plain ? shown.toPlainString() : shown.toString());
    }
}
