package io.pipecat.api.json;

import io.pipecat.api.internal.Texts;
import java.math.BigDecimal;

/**
 * A JSON number that keeps its digits: {@code 1.10} stays {@code 1.10}, and 40 digits stay 40 digits.
 *
 * <p>Two numbers are {@linkplain #equals equal} if they are spelled alike; compare {@link #toBigDecimal()} for their
 * values.
 *
 * <p>The exponent has at most nine digits, so that every number has an exact value. RFC 8259 lets an implementation set
 * such a limit.
 *
 * @param text the number as JSON spells it
 */
public record JsonNumber(String text) implements JsonValue {
    private static final int MAX_EXPONENT_DIGITS = 9;

    /**
     * Checks the spelling.
     *
     * @throws IllegalArgumentException if it is not JSON's, or the exponent has more than nine digits
     */
    public JsonNumber {
        check(text);
    }

    private static void check(String text) {
        int i = text.startsWith("-") ? 1 : 0;
        int whole = i;
        i = skipDigits(text, i);
        boolean valid = i == whole + 1 || (i > whole && text.charAt(whole) != '0');
        if (i < text.length() && text.charAt(i) == '.') {
            int fraction = i + 1;
            i = skipDigits(text, fraction);
            valid &= i > fraction;
        }
        int exponent = i;
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            boolean signed = text.startsWith("+", i + 1) || text.startsWith("-", i + 1);
            exponent = signed ? i + 2 : i + 1;
            i = skipDigits(text, exponent);
            valid &= i > exponent;
        }
        if (!valid || i < text.length()) {
            throw new IllegalArgumentException("not a JSON number: " + Texts.shortened(text));
        }
        while (exponent < i && text.charAt(exponent) == '0') {
            exponent++;
        }
        if (i - exponent > MAX_EXPONENT_DIGITS) {
            throw new IllegalArgumentException("the number " + Texts.shortened(text) + " has an exponent of more than "
                    + MAX_EXPONENT_DIGITS + " digits");
        }
    }

    private static int skipDigits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    /**
     * Returns a whole number.
     *
     * @param value the value
     * @return the number
     */
    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /**
     * Returns a number with the fewest digits that tell it from its neighbours; a whole one has no fraction, and zero
     * no sign.
     *
     * @param value the value
     * @return the number
     * @throws IllegalArgumentException if it is NaN or infinite, which JSON cannot hold
     */
    public static JsonNumber of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number for " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return of((long) value);
        }
        return new JsonNumber(Double.toString(value).replace(".0E", "E"));
    }

    /**
     * Returns a number of any size; the scale is kept.
     *
     * @param value the value
     * @return the number
     * @throws IllegalArgumentException if its exponent has more than nine digits
     */
    public static JsonNumber of(BigDecimal value) {
        return new JsonNumber(value.toString());
    }

    /**
     * Returns the exact value. Beware of {@code toBigInteger()}, {@code toPlainString()} and sums of what strangers
     * sent: {@code 1e999999999} is a small object with a huge expansion. {@link BigDecimal#compareTo} is safe.
     *
     * @return the value
     */
    public BigDecimal toBigDecimal() {
        return new BigDecimal(text);
    }

    /**
     * Returns the value as a {@code long}; {@code 5.0} and {@code 5e0} count as whole.
     *
     * @return the value
     * @throws ArithmeticException if it has a fraction or does not fit
     */
    public long toLong() {
        return toBigDecimal().longValueExact();
    }

    /**
     * Returns the value as an {@code int}; {@code 5.0} and {@code 5e0} count as whole.
     *
     * @return the value
     * @throws ArithmeticException if it has a fraction or does not fit
     */
    public int toInt() {
        return toBigDecimal().intValueExact();
    }

    /**
     * Returns the nearest {@code double}; infinite if the value is beyond its range.
     *
     * @return the value
     */
    public double toDouble() {
        return Double.parseDouble(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
