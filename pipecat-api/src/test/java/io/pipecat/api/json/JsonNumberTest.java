package io.pipecat.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "10",
                "-12",
                "0.0",
                "-0.50",
                "1.10",
                "1e5",
                "1E+05",
                "1.5e-007",
                "0e0",
                "1e999999999",
                "1e-999999999",
                "1e000000000000000001",
                "1234567890123456789012345678901234567890"
            })
    void keepsItsDigits(String text) {
        JsonNumber number = new JsonNumber(text);
        assertEquals(text, number.toString());
        assertEquals(new BigDecimal(text), number.toBigDecimal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "01",
                "-01",
                "00",
                ".5",
                "1.",
                "1.e5",
                "-.5",
                "1e",
                "1e+",
                "1e+-5",
                "e5",
                "0x10",
                "1f",
                "NaN",
                "Infinity",
                " 1",
                "1 ",
                "1,0",
                "1_000",
                "٣",
                "--1",
                "1.2.3",
                "1e5.0"
            })
    void isSpelledAsJsonSpellsIt(String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> new JsonNumber(text));
        assertEquals("not a JSON number: " + text, e.getMessage());
    }

    @Test
    void hasAnExponentThatABigDecimalHolds() {
        var e = assertThrows(IllegalArgumentException.class, () -> new JsonNumber("1e1000000000"));
        assertEquals("the number 1e1000000000 has an exponent of more than 9 digits", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new JsonNumber("1e-1000000000"));
        assertThrows(IllegalArgumentException.class, () -> JsonNumber.of(new BigDecimal("1e1000000000")));
    }

    @Test
    void aLongWrongNumberIsNotShownWhole() {
        var e = assertThrows(IllegalArgumentException.class, () -> new JsonNumber("1".repeat(1000) + "x"));
        assertEquals("not a JSON number: " + "1".repeat(60) + "…", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-2.0, -2",
        "0.1, 0.1",
        "1e14, 100000000000000",
        "1e15, 1E15",
        "1.5e300, 1.5E300",
        "1e-5, 1E-5",
        "4.9e-324, 4.9E-324",
        "123456.75, 123456.75"
    })
    void doublesAreShort(double value, String text) {
        assertEquals(text, JsonNumber.of(value).text());
        assertEquals(0, Double.compare(value + 0.0, JsonNumber.of(value).toDouble()));
    }

    @Test
    void doublesComeBackAsTheyWere() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertEquals(value, JsonNumber.of(value).toDouble());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void hasNoSpellingForWhatIsNotFinite(double value) {
        var e = assertThrows(IllegalArgumentException.class, () -> JsonNumber.of(value));
        assertEquals("JSON has no number for " + value, e.getMessage());
    }

    @Test
    void wholeNumbersMayBeSpelledWithAFraction() {
        assertEquals(5, new JsonNumber("5.0").toInt());
        assertEquals(500, new JsonNumber("5e2").toLong());
        assertEquals(0, new JsonNumber("0e999999999").toInt());
        assertEquals(Long.MIN_VALUE, JsonNumber.of(Long.MIN_VALUE).toLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5", "9223372036854775808", "1e999999999", "-1e999999999", "1e-999999999"})
    void whatDoesNotFitIsAnArithmeticException(String text) {
        assertThrows(ArithmeticException.class, () -> new JsonNumber(text).toLong());
        assertThrows(ArithmeticException.class, () -> new JsonNumber(text).toInt());
    }

    @Test
    void anIntIsNotALong() {
        assertThrows(ArithmeticException.class, () -> new JsonNumber("2147483648").toInt());
        assertEquals(2147483648L, new JsonNumber("2147483648").toLong());
    }

    @Test
    void equalsBySpelling() {
        assertEquals(new JsonNumber("1.0"), new JsonNumber("1.0"));
        assertNotEquals(new JsonNumber("1.0"), new JsonNumber("1"));
        assertEquals(Double.POSITIVE_INFINITY, new JsonNumber("1e999").toDouble());
        assertEquals(JsonNumber.of(new BigDecimal("1.50")), new JsonNumber("1.50"));
        assertEquals("1E+3", JsonNumber.of(new BigDecimal("1e3")).text());
    }
}
