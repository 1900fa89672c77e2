package io.pipecat.api.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A JSON number that keeps its digits: {@code 1.10} stays {@code 1.10}, and 40 digits stay 40 digits.
 *
 * <p>Two numbers are {@linkplain #equals equal} if they are spelled alike; compare {@link #toBigDecimal()} for their
 * values.
 *
 * @param text the number as JSON spells it
 */
public record JsonNumber(String text) implements JsonValue {
    private static final Pattern GRAMMAR = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /**
     * Checks the spelling.
     *
     * @throws IllegalArgumentException if it is not JSON's
     */
    public JsonNumber {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException("not a JSON number: " + text);
        }
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
     * Returns a number in its shortest spelling; a whole one has no fraction.
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
        return new JsonNumber(Double.toString(value));
    }

    /**
     * Returns a number of any size; the scale is kept.
     *
     * @param value the value
     * @return the number
     */
    public static JsonNumber of(BigDecimal value) {
        return new JsonNumber(value.toString());
    }

    /**
     * Returns the exact value. Beware of {@code toBigInteger()} and {@code toPlainString()} on what strangers sent:
     * {@code 1e999999999} is a small object with a huge expansion.
     *
     * @return the value
     * @throws ArithmeticException if the exponent is beyond what {@link BigDecimal} holds
     */
    public BigDecimal toBigDecimal() {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new ArithmeticException("exponent out of range: " + shortened());
        }
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

    private String shortened() {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
