package io.pipecat.tools.local.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The functions and constants that an expression can name. */
final class Functions {

    /**
     * A function.
     *
     * @param min the fewest values it takes
     * @param max the most values it takes
     * @param body computes it
     */
    private record Function(int min, int max, Body body) {
        String arity() {
            if (max == ANY_NUMBER) {
                return min + " or more";
            }
            return min == max ? String.valueOf(min) : min + " or " + max;
        }
    }

    private interface Body {
        Decimal apply(List<Decimal> values) throws CalculationException;
    }

    private interface OfOne {
        Decimal apply(Decimal value) throws CalculationException;
    }

    static final Map<String, Decimal> CONSTANTS = Map.of("pi", Decimal.PI, "π", Decimal.PI, "e", Decimal.E);

    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final BigDecimal LN_TEN = Elementary.ln(BigDecimal.TEN);
    private static final Map<String, Function> FUNCTIONS = new TreeMap<>();

    static {
        one("sqrt", Decimal::squareRoot);
        one("abs", Decimal::abs);
        one("floor", value -> value.rounded(0, RoundingMode.FLOOR));
        one("ceil", value -> value.rounded(0, RoundingMode.CEILING));
        one("factorial", Decimal::factorial);
        one("exp", value -> Decimal.exponential(value.value()));
        one("ln", Functions::ln);
        one("log", Functions::log);
        one("log10", Functions::log);
        one("sin", value -> Decimal.bounded(Elementary.sin(angle(value)), value.signum() == 0));
        one("cos", value -> Decimal.bounded(Elementary.cos(angle(value)), value.signum() == 0));
        one("tan", Functions::tan);
        FUNCTIONS.put("mod", new Function(2, 2, values -> values.get(0).mod(values.get(1))));
        FUNCTIONS.put("pow", new Function(2, 2, values -> values.get(0).power(values.get(1))));
        FUNCTIONS.put("round", new Function(1, 2, Functions::round));
        FUNCTIONS.put("min", new Function(1, ANY_NUMBER, values -> extreme(values, -1)));
        FUNCTIONS.put("max", new Function(1, ANY_NUMBER, values -> extreme(values, 1)));
    }

    private Functions() {}

    private static void one(String name, OfOne body) {
        FUNCTIONS.put(name, new Function(1, 1, values -> body.apply(values.getFirst())));
    }

    static boolean has(String name) {
        return FUNCTIONS.containsKey(name);
    }

    static String names() {
        return String.join(", ", FUNCTIONS.keySet());
    }

    static Decimal call(String name, List<Decimal> values) throws CalculationException {
        Function function = FUNCTIONS.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function " + name);
        }
        if (values.size() < function.min() || values.size() > function.max()) {
            throw new CalculationException(name + " with " + values.size() + " values, but it takes " + function.arity()
                    + "; a comma separates values there, so write 1000 for 1,000");
        }
        return function.body().apply(values);
    }

    private static Decimal ln(Decimal value) throws CalculationException {
        requirePositive(value);
        return Decimal.bounded(Elementary.ln(value.value()), value.value().compareTo(BigDecimal.ONE) == 0);
    }

    private static Decimal log(Decimal value) throws CalculationException {
        requirePositive(value);
        BigDecimal shortest = value.settled().stripTrailingZeros();
        if (shortest.unscaledValue().equals(BigInteger.ONE)) {
            return new Decimal(BigDecimal.valueOf(-shortest.scale()), value.exact());
        }
        return Decimal.bounded(Elementary.ln(value.value()).divide(LN_TEN, Elementary.PRECISION), false);
    }

    private static void requirePositive(Decimal value) throws CalculationException {
        if (value.signum() <= 0) {
            throw new CalculationException(
                    "the logarithm of a number that is not above zero, which has no real result");
        }
    }

    private static BigDecimal angle(Decimal value) throws CalculationException {
        if (value.value().abs().compareTo(Elementary.MAX_ANGLE) > 0) {
            throw new CalculationException("an angle beyond 10^15, which is too large to compute");
        }
        return value.value();
    }

    private static Decimal tan(Decimal value) throws CalculationException {
        BigDecimal cosine = Elementary.cos(angle(value));
        if (cosine.signum() == 0) {
            throw new CalculationException("the tangent of a right angle, which has no result");
        }
        BigDecimal tangent = Elementary.sin(value.value()).divide(cosine, Elementary.PRECISION);
        return Decimal.bounded(tangent, value.signum() == 0);
    }

    private static Decimal round(List<Decimal> values) throws CalculationException {
        Decimal places = values.size() == 1 ? Decimal.ZERO : values.get(1);
        BigDecimal limit = BigDecimal.valueOf(Decimal.MAX_DIGITS);
        if (!places.isWhole() || places.value().abs().compareTo(limit) > 0) {
            throw new CalculationException(
                    "round to a number of decimals that is not a whole number between -" + limit + " and " + limit);
        }
        return values.getFirst().rounded(places.settled().intValueExact(), RoundingMode.HALF_UP);
    }

    private static Decimal extreme(List<Decimal> values, int sign) {
        Decimal best = values.getFirst();
        for (Decimal value : values) {
            if (value.value().compareTo(best.value()) == sign) {
                best = value;
            }
        }
        return best;
    }
}
