package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumGuardTest {
    @ParameterizedTest
    @CsvSource({
        "17 * 23, What is 17 * 23?",
        "17 * 23, what is 17 times 23",
        "17 * 23, 17x23",
        "9 - 3, subtract 3 from 9",
        "1000 + 5, 'what is 1,000 plus 5'",
        "8 / 2, 8 divided by 2",
        "8 / 2, 8 divded by 2",
        "5 - -3, 5 - -3",
        "2 + 3 + 4, What is 2 + 3 + 4?",
        "3.5 * 2, what is 3.5 * 2",
        "7 * 8, what is seven times eight",
        "7 * 8, Quick one: seven times eight",
        "50 + 8287, any idea what is fifty plus 8287",
        "234 * 2, double two hundred and thirty-four",
        "30 / 2, half of 30",
        "9 / 3, one third of 9",
        "20% of 5, what is 20 percent of 5",
        "50 - 20%, take 20% off 50",
        "2 ^ 3, 2 ^ 3",
        "3 ^ 2, 3 squared",
        "sqrt(16), the square root of 16",
        "3 + 9, what do 3 and 9 make",
        "3895 / 339, how often does 339 fit into 3895",
        "955 - (22 - 194), What is 955-(22−194)",
        "7 mod 3, the remainder of 7 divided by 3"
    })
    void passesASumThatTheWordsBearOut(String expression, String words) {
        assertTrue(SumGuard.agrees(expression, words));
    }

    @ParameterizedTest
    @CsvSource({
        "2 + 4, What is 2 + 3 + 4?",
        "3 * 2, what is 3.5 * 2",
        "17 * 32, What is 17 * 23?",
        "17 + 23, What is 17 * 23?",
        "3 - 9, subtract 3 from 9",
        "9 - 3, what is 3 minus 9",
        "2 / 8, 8 divided by 2",
        "7 * 9, what is seven times eight",
        "20 * 5, what is 20 percent of 5",
        "5% of 20, what is 20% of 5",
        "2 * 3, 2 ^ 3",
        "16 ^ 2, the square root of 16",
        "(955 - 22) - 194, What is 955-(22−194)",
        "955 - 22 - 194, What is 955-(22−194)",
        "1000, how are you",
        "5 + 3, 5 minus 3"
    })
    void stopsASumThatTheyDoNot(String expression, String words) {
        assertFalse(SumGuard.agrees(expression, words));
    }

    @ParameterizedTest
    @CsvSource({
        "two hundred and thirty-four plus five, 234 5",
        "three and four, 3 4",
        "a hundred and one, 101",
        "twenty one twenty two, 21 22",
        "'1,234.50 and .5', 1234.5 0.5",
        "nothing here, ''"
    })
    void findsNumbersAsTheyAreSaid(String words, String numbers) {
        List<String> expected =
                Stream.of(numbers.split(" ", -1)).filter(n -> !n.isEmpty()).toList();
        assertEquals(
                expected,
                SpokenNumbers.in(words).stream().map(BigDecimal::toPlainString).toList());
    }
}
