package io.pipecat.llm.local.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums with a wording of their own: parts of a whole, percent of what was, one unit of time in another. */
class SumFormsTest {
    @ParameterizedTest
    @CsvSource({
        "15 / 60 * 100, what percent is 15 of 60",
        "46 / 200 * 100, What percentage of 200 is 46?",
        "45 / 180 * 100, 45 is what percentage of 180",
        "18 / 24 * 100, 18 out of 24 as a percentage",
        "3 / 12 * 100, express 3 as a percent of 12",
        "34 / 40 * 100, I got 34 out of 40 on my spelling test what percent is that",
        "(65 - 50) / 50 * 100, 'a price went from 50 to 65, what percent did it go up'",
        "(80 - 60) / 80 * 100, 'it dropped from 80 to 60, what is the percentage decrease'",
        "700 * 20 / 100 * 10 / 100, 10 percent of 20 percent of 700",
        "0.5% of 5000, half a percent of 5000",
        "340 + 20%, add 20% VAT to 340",
        "8% of 35, 8% sales tax on 35 dollars is how much",
        "(20 + 46) / 2, what number is halfway between 20 and 46",
        "96 / 8, how many 8s are there in 96",
        "112 - 37, how far is it from 37 to 112",
        "27 ^ (1 / 3), cube root of 27 please",
        "11 * 11, what's eleven elevens",
        "90 - 90 / 3, a third off 90",
        "72 * 5 / 8, five eighths of 72",
        "96 * 2 / 3, 2/3 of 96 please",
        "90 * 2 / 3, 'two thirds of 90 grams, how many grams is it'",
        "7 / 10 - 1 / 5, seven tenths minus one fifth",
        "3 / 4 + 1 / 2, add three quarters and a half",
        "2.5 + 4.75, two and a half plus four and three quarters",
        "33 + 1 / 3 + 66 + 2 / 3, 33 and a third plus 66 and two thirds",
        "1.5 * 6, what's 1 1/2 times 6",
        "5.5 + 2, 5½ + 2",
        "1 / 2 + 1 / 4 + 1 / 4, 'sum of 1/2, 1/4 and 1/4'",
        "90 - 90 / 3, reduce 90 by a third",
        "500000 + 20000, 'Half a million plus 20,000'",
        "2500000 / 4, 2.5 million divided by 4",
        "6 + 9, half a dozen plus nine",
        "25 ^ 2 - 25, what do you get squaring 25 and then subtracting 25",
        "(60 / 2 + 4) * 3, i think of 60 i halve it then i add 4 then i times it by 3",
        "(4 + 9) / 13, '4 plus 9, then divide the whole lot by 13...'",
        "1.50 * 6, a pound fifty times six",
        "4.20 + 3.95, 4 euros 20 plus 3 euros 95",
        "3.5 + 1.5, '3,5 + 1,5'",
        "17 + 26, um so like what would be 17 plus uh 26",
        "67 + 15, 'quick sum, 67 add 15'",
        "6 * 9, 'we disagree: is it 56 or 54, so what is 6 times 9?'",
        "13 * 7, is 13 times 7 really 91?",
        "12 * 12, 'what is 12 times 12, my kid asks'",
        "8 * 9, eigth times nine",
        "2 * 60 * 60, seconds in 2 hours",
        "7 * 24, how many hours in a week",
        "24 * 60, minutes in a full day",
        "90 / 60, convert 90 seconds to minutes",
        "2 * 60 + 45, 2 hours and 45 minutes in minutes",
        "0.75 * 60, three quarters of an hour in minutes"
    })
    void readsWhatIsAsked(String sum, String words) {
        assertEquals(SumValue.of(sum), read(words).flatMap(SumValue::of));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            12 times 3, no wait
            add 3 and 4, and the same again
            20 plus 5, make it a hundred
            what is 3 plus 4, and what is 5 times 6
            is 3 plus 4 more than 9
            the sum of 3,5 and 2
            80 minus a quarter
            take a third from 90
            subtract a fifth from 40
            a pound five times six
            34 out of 40 people came
            we are 30 minutes in
            the shop is 3/4 of a mile away
            it takes two hours and a half
            from 50 to 65
            what percent is it
            are there 2 hours in it
            what is it plus 5 plus 3
            the result times 5 times 3
            what is the result minus 5 plus 3
            what do i have minus 20 plus 5
            calculate the number times 2 times 3
            what is 5 plus 3 added to that
            add 5 and 3 to that
            what's 10 percent of 80 added to it
            how many miles is 5 km plus 3 km
            how many cents is 5 euros plus 3 euros
            how many grams is half of 2 kilos
            20 dollars 10 dollars plus 5 dollars
            7 pounds 12 minus 6 pounds 14
            what is 5 mins 30
            how much are 5 plums 3 euros
            how much are 2 menus 10 euros
            5 poker 10
            how is cuba 3
            what is 5 plus 20 to the 30
            what is the day in 2 weeks
            how many days in a week do I work
            how many hours in a day left
            what second in an hour is it now
            how many are there between 1 and 10
            how much from 9 to 5
            how many 0s in 1000000
            how many 7s are there in 777
            what's 2 eights squared
            what is 3:30 plus 1:45
            10:30 plus 45
            sum 1 to 10
            what is a third less than 90
            what is 90 plus a third
            how much is it with 20% vat on 100
            how much is a 20% discount on 80
            what are the times 3 and 4
            what is 3.000 euros plus 1.500 euros
            what is twenty minus twelve fifty
            what is 5 times 1 000
            my code is double 4 7
            my birthday is 3/4 1990
            I ate 3 out of 12 cookies, what percent remains
            The temperature dropped from 20 to 5, what percent chance of rain is there
            Battery dropped from 90 to 40, what percentage do I have now
            stock fell from 50 to 40, what percent must it rise
            reduce 50 in half
            how much do i pay with a tip of 20% on 50
            how much do I save with 20% off 50
            the square root, what's 16 plus 9
            multiplied by 3, what is 20 plus 30
            in base 8, what is 7 plus 5
            what's 20 plus 15 and delivery
            what's 5 plus 3, quadrupled
            5 minus 3, the other way around
            what is 5 km plus 3 km, in miles
            what's 5 plus 3, never mind
            what's a hundredth of 50 times 3
            what's my rent minus 50 plus 20
            what is my salary over 12 plus 100
            pi times 3 times 2
            june 20 plus 15
            how much is the red one plus 20
            set 2 timers 10 please
            is 20 more than 15
            gmt plus 2 and 1
            what are the bus times 5 and 6
            20% of the 50 kids are sick how many are well
            50 people and each bus fits 20 how many buses
            i walk 3 km every day how many in 2 weeks
            i have 3 boxes of 12 and lost 2 boxes how many are left
            a shirt is 40 after 20% off, what was it before
            the shop has 30 bikes, sells 12 and gets 5 back, how many were sold
            i sleep 8 hours a day how many days is that in a year
            """)
    void readsNothingWhereItIsNotClear(String words) {
        assertEquals(Optional.empty(), read(words));
    }

    private static Optional<String> read(String words) {
        return SumReader.read(SumGuard.inFigures(words)).map(SumReader.Reading::sum);
    }
}
