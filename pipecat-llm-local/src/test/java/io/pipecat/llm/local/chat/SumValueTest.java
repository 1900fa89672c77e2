package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SumValueTest {
    @ParameterizedTest
    @CsvSource({
        "4 + 30 / 2, 19",
        "(3 + 4) * 5, 35",
        "2 ^ 10, 1024",
        "-2 ^ 2, -4",
        "15% of 80, 12",
        "50 + 10%, 55",
        "50 - 20%, 40",
        "sqrt(9 + 16) - -2, 7",
        "17 mod 5, 2",
        "5!, 120",
        "abs(-4), 4",
        "10 / 4, 2.5"
    })
    void calculates(String sum, String value) {
        assertEquals(0, SumValue.of(sum).orElseThrow().compareTo(new BigDecimal(value)), sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3 +", "(3", "3)", "1 / 0", "three", "1e5", "300!"})
    void saysWhatIsNoSum(String sum) {
        assertTrue(SumValue.of(sum).isEmpty(), sum);
    }
}
