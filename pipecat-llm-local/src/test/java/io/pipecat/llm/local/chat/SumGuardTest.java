package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
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
        "7 mod 3, the remainder of 7 divided by 3",
        "3 ^ 2 + 4 ^ 2, 3 squared plus 4 squared",
        "30 / 2 + 4, half of 30 plus 4",
        "(3 + 4) * 5, 'add 3 and 4, then multiply it by 5'",
        "(10 - 3) * 2, subtract 3 from 10 and double it",
        "(2 + 4 + 9) / 3, 'the average of 2, 4 and 9'",
        "80 * 3 / 4, three quarters of 80",
        "8.5 - 6, i pay with 8.5 and it cost 6",
        "3 * 60, how many minutes are in 3 hours",
        "5 * 7, how many days are there in 5 weeks for me",
        "73 + 2, seventy three um plus you know two",
        "12 * 4, 'each box has 12 eggs, how many in 4 boxes'",
        "20 / 4, '20 sweets for 4 kids, how many each'",
        "2000 + 15, two thousand plus fifteen",
        "3.5 * 2, three point five times two",
        "3 * 5, how much are 3 tickets at 5 each",
        "6 * 15, what is 6 times 15 this time",
        "17 * 23, Calculate 17 * 23!",
        "2000 + 3, 2 thousand plus 3",
        "15 - 7, 15 – 7",
        "3 * 2 - 20, subtract 20 from three times 2",
        "-5 / 2, what is minus 5 divided by 2",
        "sqrt(16) + 3 ^ 2, the square root of 16 plus 3 squared",
        "5 + 8 * 2, 5 more than twice 8",
        "2 * 3 * 4, 2 times 3 times 4",
        "2 * 3 * 4, 'multiply 2, 3 and 4'",
        "3 + 4 + 10, 3 + 4 and 10",
        "84 / 7, divide 84 into 7.",
        "10 - 4 / 2, what's the result of 10 - 4 / 2",
        "2 + 3 * 4, what is the result of 2 + 3 * 4?",
        "17 * 23, can you calculate something for me? 17 * 23",
        "12 * 4, 'good point, what is 12 * 4'",
        "30 / 2, 'i have 30 euros, how much is half of it'",
        "50% of 80 - 30, 50% of 80 minus 30",
        "45 / 5, if i divide 5 into 45 what do i get",
        "84 / 7, divide 84 into 7 parts",
        "(10 + 25) * 2, 'add 10 to 25, double the result'",
        "3 * 4 + 5, multiply 3 by 4 and add 5 to that",
        "sqrt(9 + 16), the square root of the sum of 9 and 16",
        "4 + 30 / 2, four more than half of 30",
        "270 / 60, 270 minutes is how many hours",
        "3 * 60, how many minutes are in 3 hours",
        "0.25 * 60, .25 x 60",
        "99 + 99, pls do 99+99 4 me",
        "40 - 12, substract 12 form 40",
        "50 - 20, i had 50 and spent 20 how much is left",
        "4 + 5, i have 4 and get 5 more how many are there"
    })
    void passesASumThatTheWordsBearOut(String expression, String words) {
        assertTrue(agrees(expression, words));
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
        "6% of 20, what is 20% of 6.5",
        "2 * 3, 2 ^ 3",
        "16 ^ 2, the square root of 16",
        "(955 - 22) - 194, What is 955-(22−194)",
        "955 - 22 - 194, What is 955-(22−194)",
        "1000, how are you",
        "5 + 3, 5 minus 3",
        "2 / 30, half of 30",
        "2 ^ 3, 3 squared",
        "24 / 22, 24 * 22",
        "6 - 8.5, i pay with 8.5 and it cost 6",
        "3 * 24, how many minutes are in 3 hours",
        "9 * 2, half of 9",
        "264 * 2%, increase 264 by 2%",
        "2 * 3 + 4, What is 2 + 3 * 4?",
        "2 * 3 + 4, 2 plus 3 times 4",
        "(3 + 4) * 5, 3 + 4 * 5",
        "10 - (4 - 3), 10 - 4 - 3",
        "5 - 3, -5 - 3",
        "12 / 4 - 2, 12 minus 4 divided by 2",
        "9 * 2, how much is half of 9",
        "12 * 30, how much are 12 and 30 together",
        "9 / 3, the difference between 9 and 3",
        "20 * 4, '20 sweets for 4 kids, how many each'",
        "20% of 50, take 20% off 50",
        "20 - 50%, take twenty percent off fifty",
        "(3 - 9) * 2 + 4, 'subtract 3 from 9, then double it and add 4'",
        "3 ^ 2, 3 squared times 2",
        "42, I am 42 years old",
        "sin(30), the cosine of 30",
        "2 + 3, two million plus three",
        "5 + 3, 5k plus 3",
        "(2 + 4 + 3) / 9, 'the average of 2, 4 and 9'",
        "sqrt(25) + 11, 'the root of 25 plus 11, both under the root'",
        "5 * 2 + 8, 5 more than twice 8",
        "1.5 * 1.5 * 1.5, 'one and a half is simple, but what is 1.5 times 1.5'",
        "6 + 2 + 12 / 3, 6+2 and also 12/3",
        "7 * 6 - 50 - 8, 'what is 7 times 6, and what is 50 minus 8?'",
        "10 - 2.30 + 1.70, 'i had 10 and spent 2.30 here and 1.70 there, what is left'",
        "3 * 51, if 3 times something is 51 what is it",
        "45 / 9, divide 45 into 10...",
        "2 + 3, what is 2 + 3 + 4 my dear",
        "5 / 2 ^ 2, half of 5 squared",
        "3 * 2 ^ 2, twice 3 squared",
        "20 / 5 * 2, 20 divided by twice 5",
        "3 + 4, '3 + 4, squared'",
        "10 + 20, 10 plus 20 halved",
        "2 * 3, the cube of 2 times 3",
        "60 + 15, 60 plus fifteen hundred",
        "2 / 7 * 8, exercise 2: 7 * 8",
        "10 / 30 + 2, what's 10:30 plus 2 hours",
        "2 + 500, 2 km plus 500 m",
        "5 - 50, 5 euros minus 50 cents",
        "3 + 2, 3 pairs plus 2",
        "5 / 4 + 1, five and a quarter plus 1",
        "20% of 30 - 50, 20% of 50 minus 30",
        "25% - 80, 80 minus 25%",
        "87 / 2, i have 87 euros",
        "5 + 2, 5½ + 2",
        "(10 - 4) / 2, what's the result of 10 - 4 / 2",
        "5 / 45, if i divide 5 into 45 what do i get",
        "10 + 25 * 2, 'add 10 to 25, double the result'",
        "3 + 4 * 2, add 3 to 4 and multiply by 2",
        "31 * 2 - 17, twice the difference between 31 and 17",
        "14 / 2 + 6 / 2, 'think of 14, double it, add 6 and halve it'",
        "sqrt(9) + 16, the square root of the sum of 9 and 16",
        "4 / 2 + 30, four more than half of 30",
        "120 / 3, a third of a quarter of 120",
        "100 / 2, half of half of 100",
        "90 / 3, a third off 90",
        "12 - 8, quadruple 12 and knock off 8",
        "9 * itself, multiply 9 by itself",
        "270 * 60, 270 minutes is how many hours",
        "3 / 60, how many minutes are in 3 hours",
        "5 * 5, what is point five times point five",
        "20 + 13.65, 'i paid with a twenty and it cost 13.65, how much change do i get'",
        "130 + 87, we need 130 chairs and have 87 how many more do we need",
        "28 + 9, there are 28 kids and 9 are away how many are here",
        "101 - 2, a hundred and one less two dozen",
        "20% of 64, dinner is 64 and a 20% tip what is that in total",
        "8% of 35, 35 with 8% tax",
        "40 * 6, 'apples are 40 cents each, how many for 6 dollars'",
        "80 - 60, 'from 80 to 60, what is the percentage'",
        "(6 * 10) ^ 3, what is 6 x 10^3",
        "10 / 1 / 2, what is 10 divided by 1/2",
        "3 / 4 ^ 2, 3/4 squared",
        "(10 / 2) ^ 2, half of 10^2",
        "3 + 4 * 2, 3 plus 4 and multiplied by 2",
        "15 - 42, what is the difference between 15 and 42",
        "2 * 5 * 4, 'multiply 2,5 by 4'",
        "3 ^ 3, -3 cubed",
        "10 + 3, ½ of 10 plus 3",
        "1 + 100, add up 1 to 100",
        "3 + 4 * 2, sum of 3 and 4 doubled",
        "12 * 60, '12 eggs in each box, i need 60 eggs, how many boxes'",
        "300 * 100, 'i drive 300 km at 100 km per hour, how many hours'",
        "12 - 5, tom is 12 and 5 years younger than anna how old is anna",
        "80 - 20%, the shirt costs 80 after 20% off what was the original price",
        "3 - 10, 3 of 10 eggs are broken how many are ok",
        "10 * 2, i pay 10 a month how much is it in 2 years",
        "80 + 90 + 100 + 3, 'i got 80, 90 and 100 in 3 tests, average?'"
    })
    void stopsASumThatTheyDoNot(String expression, String words) {
        assertFalse(agrees(expression, words));
    }

    @ParameterizedTest
    @CsvSource({
        "two hundred and thirty-four plus five, 234 5",
        "three and four, 3 4",
        "a hundred and one, 101",
        "twenty one twenty two, 21 22",
        "'1,234.50 and .5', 1234.5 0.5",
        "nine hundred fifty-six thousand five hundred and one, 956501",
        "'two thousand, thirty', 2030",
        "'thirty, seven hundred', 30 700",
        "two and a thousand, 2 1000",
        "twelve point zero five and 7 and a half, 12.05 7.5",
        "six and a half, 6.5",
        "nine thousand / seventy, 9000 70",
        "nothing here, ''"
    })
    void findsNumbersAsTheyAreSaid(String words, String numbers) {
        List<String> expected =
                Stream.of(numbers.split(" ", -1)).filter(n -> !n.isEmpty()).toList();
        assertEquals(
                expected,
                SpokenNumbers.in(words).stream().map(BigDecimal::toPlainString).toList());
    }

    /** Returns whether a sum passes for these words, as it is or as the node reads them. */
    static boolean agrees(String expression, String words) {
        Optional<String> meant = SumGuard.meant(expression, words);
        return meant.equals(Optional.of(expression))
                || meant.flatMap(SumValue::of)
                        .filter(value -> Optional.of(value).equals(SumValue.of(expression)))
                        .isPresent();
    }
}
