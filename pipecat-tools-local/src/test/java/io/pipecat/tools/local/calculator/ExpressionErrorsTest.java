package io.pipecat.tools.local.calculator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionErrorsTest {

    private static String failure(String expression) {
        return assertThrows(CalculationException.class, () -> Expression.evaluate(expression), expression)
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            1 / 0           | division by zero, which has no result (at position 3)
            5 / (3 - 3)     | division by zero, which has no result (at position 3)
            5 / (1/3*3 - 1) | division by zero, which has no result (at position 3)
            5 mod 0         | a remainder of a division by zero, which has no result (at position 3)
            0^-1            | zero to a negative power, which is a division by zero, which has no result (at position 2)
            2 + * 3         | '*' at position 5, where a number, a function or '(' should be
            2 +             | the end at position 4, where a number, a function or '(' should be
            7 // 2          | '/' at position 4, where a number, a function or '(' should be: for whole division write floor(7 / 2)
            ()              | ')' at position 2, where a number, a function or '(' should be
            2 3             | '3' at position 3, where an operator such as + or * should be
            (1 + 2) 3       | '3' at position 9, where an operator such as + or * should be
            (1 + 2          | no ')' for the '(' at position 1
            (1 + 2 3)       | '3' at position 8, where an operator such as + or * should be
            max(1, 2        | no ')' for the '(' at position 4
            1 + 2)          | a ')' at position 6 without its '('
            17 % 5          | '%' at position 4 before a value, which can be read in two ways: write 17 mod 5 for a remainder, 17% of 5 for a share
            20% (50)        | '%' at position 3 before a value, which can be read in two ways: write 17 mod 5 for a remainder, 17% of 5 for a share
            6/2(1 + 2)      | a factor without a sign '(' at position 4, right after a division, which can be read in two ways: write a / b * c or a / (b * c)
            1/2pi           | a factor without a sign 'pi' at position 4, right after a division, which can be read in two ways: write a / b * c or a / (b * c)
            3,5             | a comma at position 2, where it separates nothing: write a decimal point (3.5), and thousands as 1,000 or 1000
            0,500           | a comma at position 2, where it separates nothing: write a decimal point (3.5), and thousands as 1,000 or 1000
            1,0000          | a comma at position 2, where it separates nothing: write a decimal point (3.5), and thousands as 1,000 or 1000
            max(1,000, 2)   | a comma at position 6 that can be read in two ways: inside a function write 1000 without a comma, since commas separate its values there
            max(1,234, 2)   | a comma at position 10 that can be read in two ways: inside a function write 1000 without a comma, since commas separate its values there
            sqrt(1,234)     | sqrt with 2 values, but it takes 1; a comma separates values there, so write 1000 for 1,000 (at position 1)
            max()           | max with 0 values, but it takes 1 or more; a comma separates values there, so write 1000 for 1,000 (at position 1)
            round(1, 2, 3)  | round with 3 values, but it takes 1 or 2; a comma separates values there, so write 1000 for 1,000 (at position 1)
            1.2.3           | a second decimal point at position 4
            .               | a point at position 1 without digits
            0x1F            | a hexadecimal number at position 1, which is not understood: write it in decimal
            0x10            | a hexadecimal number at position 1, which is not understood: write it in decimal
            sqrt 4          | a function without parentheses 'sqrt' at position 1: write sqrt(…)
            5 € + 3         | '€' at position 3, which means nothing here: only numbers, + - * / ^ % ! mod of, parentheses and functions are understood
            5 + 😀          | '😀' at position 5, which means nothing here: only numbers, + - * / ^ % ! mod of, parentheses and functions are understood
            (-8)^(1/3)      | a negative number to a fractional power, which has no real result (at position 5)
            sqrt(-1)        | the square root of a negative number, which has no real result (at position 1)
            √-1             | '-' at position 2, where a number, a function or '(' should be
            ln(0)           | the logarithm of a number that is not above zero, which has no real result (at position 1)
            log(-5)         | the logarithm of a number that is not above zero, which has no real result (at position 1)
            tan(90°)        | the tangent of a right angle, which has no result (at position 1)
            tan(pi/2)       | the tangent of a right angle, which has no result (at position 1)
            sin(10^16)      | an angle beyond 10^15, which is too large to compute (at position 1)
            2.5!            | the factorial of what is not a whole number from 0 on (at position 4)
            (-3)!           | the factorial of what is not a whole number from 0 on (at position 5)
            round(1, 0.5)   | round to a number of decimals that is not a whole number between -1000 and 1000 (at position 1)
            round(1, 5000)  | round to a number of decimals that is not a whole number between -1000 and 1000 (at position 1)
            (sqrt(2) * 10^60) mod 7 | a remainder that rounding decides: one side of mod is known to 34 digits only (at position 19)
            """)
    void saysWhatIsWrongAndWhere(String expression, String message) {
        assertEquals(message, failure(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo(2)", "foo", "2 foo", "two + 2", "log2(8)", "import os"})
    void anUnknownNameGetsTheKnownOnes(String expression) {
        String message = failure(expression);
        assertTrue(message.startsWith("an unknown name '"), message);
        assertTrue(message.contains("abs, ceil, cos") && message.endsWith("and the constants pi and e"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "=", "?"})
    void anEmptyExpressionIsNamedSo(String expression) {
        assertEquals("an empty expression", failure(expression));
    }

    /** Each of these would take minutes or gigabytes if it were computed: this run would not end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2^1000000",
                "1e999999999",
                "1e99999999999999999999",
                "10^10^10",
                "9^9^9^9",
                "1.0001^(10^12)",
                "(1 + 10^-30)^(10^40)",
                "exp(1000000)",
                "exp(10^900)",
                "1000!",
                "999999999!",
                "449!!!",
                "10^999 * 10^999",
                "10^900 / 10^-900",
                "1e2000 - 1e2000",
            })
    void whatIsTooLargeIsRefusedAtOnce(String expression) {
        String message = failure(expression);
        assertTrue(message.startsWith("a number of more than 1000 digits, which is too large to compute"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e-999999999", "1e-99999999999999999999", "2^-1000000", "exp(-1000000)", "10^-999 * 10^-999"})
    void whatIsTooSmallIsRefusedAtOnce(String expression) {
        String message = failure(expression);
        assertTrue(message.startsWith("a number closer to zero than 10^-1000, which is too small"), message);
    }

    @Test
    void theLargestAndSmallestAreComputed() throws Exception {
        assertEquals("1E+999", Expression.evaluate("10^999").toJson().text());
        assertEquals("1E-999", Expression.evaluate("10^-999").toJson().text());
        assertEquals(998, Expression.evaluate("449!").toJson().text().length());
        assertEquals("0", Expression.evaluate("0e999999999").toJson().text());
    }

    @Test
    void nestingIsBounded() throws Exception {
        assertEquals(
                "1",
                Expression.evaluate("(".repeat(100) + "1" + ")".repeat(100))
                        .toJson()
                        .text());
        assertEquals(
                "more than 100 levels of nesting at position 101: compute it in parts",
                failure("(".repeat(400) + "1" + ")".repeat(400)));
        assertTrue(failure("√".repeat(900) + "1").startsWith("more than 100 levels of nesting"));
        assertTrue(failure("1^".repeat(400) + "1").startsWith("more than 100 levels of nesting"));
        assertTrue(failure("abs(".repeat(240)).startsWith("more than 100 levels of nesting"));
        assertTrue(failure("-(".repeat(400)).startsWith("more than 100 levels of nesting"));
        assertEquals("1", Expression.evaluate("-".repeat(998) + "1").toJson().text());
    }

    @Test
    void lengthIsBounded() throws Exception {
        String longest = "1" + "+1".repeat(499);
        assertEquals("500", Expression.evaluate(longest).toJson().text());
        assertEquals(
                "an expression of 1001 characters, where at most 1000 are taken: compute it in parts",
                failure(longest + "+1"));
    }
}
