package io.pipecat.tools.local.calculator;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.math.BigDecimal;

/**
 * Exact arithmetic for models, which are bad at it. Stateless and thread-safe.
 *
 * <p>Whole numbers are exact up to 1,000 digits, everything else is right to 34 significant digits. No input takes long or much memory:
 * expressions are bounded in length and nesting, results in size.
 */
@ToolInfo(
        name = "calculator",
        description = "Computes. Use it for every calculation instead of doing it in your head.",
        placement = Placement.LIGHT)
public final class CalculatorTool {
    private static final int MAX_SHOWN = 80;

    /** Makes the tool. */
    public CalculatorTool() {}

    private interface Operation {
        Decimal apply(Decimal a, Decimal b) throws CalculationException;
    }

    /**
     * Evaluates an expression.
     *
     * @param expression numbers, operators, parentheses and functions; at most 1,000 characters
     * @return the result, as it is to be shown
     * @throws ToolException if it has none; says at which position and what was expected
     */
    @ToolMethod(
            "Evaluates an arithmetic expression exactly and returns a number. Understands + - * / ^ mod, parentheses, percent"
                    + " (20% of 50 is 10, 50 + 10% is 55), factorial !, pi, e, sqrt, abs, round(x, decimals), floor, ceil, min, max, ln, log"
                    + " (base 10), exp, sin, cos, tan (radians; sin(30°) for degrees).")
    public JsonNumber evaluate(@ToolParam("The expression, such as (17 + 3) * 2.5^2") String expression)
            throws ToolException {
        try {
            return Expression.evaluate(expression).toJson();
        } catch (CalculationException e) {
            throw ToolException.failed("Cannot evaluate \"" + shortened(expression) + "\": " + e.getMessage() + ".");
        }
    }

    /**
     * Adds.
     *
     * @param a a number
     * @param b a number
     * @return the sum
     * @throws ToolException if a number or the result is out of range
     */
    @ToolMethod("Returns a + b.")
    public JsonNumber add(@ToolParam("The first number") BigDecimal a, @ToolParam("The second number") BigDecimal b)
            throws ToolException {
        return compute("add", a, b, Decimal::plus);
    }

    /**
     * Subtracts.
     *
     * @param a a number
     * @param b what is taken from it
     * @return the difference
     * @throws ToolException if a number or the result is out of range
     */
    @ToolMethod("Returns a - b.")
    public JsonNumber subtract(
            @ToolParam("The number to take from") BigDecimal a, @ToolParam("What is taken away") BigDecimal b)
            throws ToolException {
        return compute("subtract", a, b, Decimal::minus);
    }

    /**
     * Multiplies.
     *
     * @param a a number
     * @param b a number
     * @return the product
     * @throws ToolException if a number or the result is out of range
     */
    @ToolMethod("Returns a * b.")
    public JsonNumber multiply(
            @ToolParam("The first number") BigDecimal a, @ToolParam("The second number") BigDecimal b)
            throws ToolException {
        return compute("multiply", a, b, Decimal::times);
    }

    /**
     * Divides.
     *
     * @param a a number
     * @param b by what it is divided
     * @return the quotient, to 34 significant digits if it has more
     * @throws ToolException if b is zero, or a number or the result is out of range
     */
    @ToolMethod("Returns a / b.")
    public JsonNumber divide(
            @ToolParam("The number to divide") BigDecimal a, @ToolParam("The divisor, not zero") BigDecimal b)
            throws ToolException {
        return compute("divide", a, b, Decimal::dividedBy);
    }

    private static JsonNumber compute(String name, BigDecimal a, BigDecimal b, Operation operation)
            throws ToolException {
        try {
            return operation.apply(Decimal.of(a), Decimal.of(b)).toJson();
        } catch (CalculationException e) {
            throw ToolException.failed("Cannot " + name + ": " + e.getMessage() + ".");
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
