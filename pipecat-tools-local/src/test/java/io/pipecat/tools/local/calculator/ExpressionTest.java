package io.pipecat.tools.local.calculator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    private static String evaluate(String expression) throws CalculationException {
        return Expression.evaluate(expression).toJson().text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            17 * 23             | 391
            2 + 3 * 4           | 14
            (2 + 3) * 4         | 20
            10 - 4 - 3          | 3
            100 / 10 / 5        | 2
            2 * (3 + (4 - 1))   | 12
            -5 + 3              | -2
            3 - -5              | 8
            - - 5               | 5
            +7                  | 7
            2 * -3              | -6
            7 / 2               | 3.5
            1.50 + 1.50         | 3
            .5 + 5.             | 5.5
            0 * 7               | 0
            0 - 0               | 0
            -(2 + 3)            | -5
            17*23=              | 391
            17 * 23 = ?         | 391
            """)
    void fourOperations(String expression, String result) throws Exception {
        assertEquals(result, evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2^10            | 1024
            2**10           | 1024
            -2^2            | -4
            (-2)^2          | 4
            (-2)^3          | -8
            2^3^2           | 512
            2**3**2         | 512
            2^-1            | 0.5
            2^-2^2          | 0.0625
            4^0.5           | 2
            8^(1/3)         | 2
            2^0.5^2         | 1.189207115002721066717499970560476
            0^0             | 1
            0^5             | 0
            (-1)^1000000001 | -1
            1^(10^900)      | 1
            0.1^3           | 0.001
            1.1^2           | 1.21
            10^40           | 10000000000000000000000000000000000000000
            10^41           | 1E+41
            2^128           | 340282366920938463463374607431768211456
            (1 + 1/10^9)^(10^9) | 2.718281827099904322376644023860333
            1.5^1000.5      | 1.511139943175572903001820444768586E+176
            10^-20          | 0.00000000000000000001
            10^-30          | 1E-30
            3² + 4²         | 25
            2³²             | 4294967296
            -3²             | -9
            2^3²            | 512
            5!^2            | 14400
            """)
    void powers(String expression, String result) throws Exception {
        assertEquals(result, evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            20%             | 0.2
            20% of 50       | 10
            20% * 50        | 10
            50 * 20%        | 10
            50 + 10%        | 55
            50 - 10%        | 45
            50 + -10%       | 45
            100 + 10% + 10% | 121
            100 + 10% of 50 | 105
            100 + (10%)     | 110
            20% + 30%       | 0.5
            50 + (20% + 30%) | 75
            50 / 10%        | 500
            20 percent of 50 | 10
            -50%            | -0.5
            (50 + 50)%      | 1
            """)
    void percentages(String expression, String result) throws Exception {
        assertEquals(result, evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            17 mod 5        | 2
            -7 mod 3        | 2
            7 mod -3        | -2
            7.5 mod 2       | 1.5
            mod(17, 5)      | 2
            2 * 17 mod 5    | 4
            2^200 mod 1000000007 | 499445072
            (1/3*3) mod 1   | 0
            5!              | 120
            0!              | 1
            3!!             | 720
            -3!             | -6
            30!             | 265252859812191058636308480000000
            factorial(5)    | 120
            """)
    void remaindersAndFactorials(String expression, String result) throws Exception {
        assertEquals(result, evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sqrt(2)             | 1.414213562373095048801688724209698
            sqrt(144)           | 12
            sqrt(0.25)          | 0.5
            sqrt(0)             | 0
            sqrt(2)^2           | 2
            √16                 | 4
            √(9 + 16)           | 5
            2√9                 | 6
            √√16                | 2
            abs(-3.5)           | 3.5
            round(2.5)          | 3
            round(-2.5)         | -3
            round(3.14159, 2)   | 3.14
            round(1234, -2)     | 1200
            round(2, 5)         | 2
            round(2/3, 4)       | 0.6667
            floor(-1.5)         | -2
            ceil(1.2)           | 2
            floor(sqrt(2)^2)    | 2
            ceil(1/3*3)         | 1
            min(3, 1, 2)        | 1
            max(100,200)        | 200
            max(1.5)            | 1.5
            MAX(1, 2)           | 2
            pow(2, 10)          | 1024
            max(min(4, 5), 2)   | 4
            max((1,000), 2)     | 1000
            ln(1)               | 0
            ln(e)               | 1
            ln(2)               | 0.6931471805599453094172321214581766
            ln(10)              | 2.302585092994045684017991454684364
            ln(0.999999999999)  | -1.000000000000500000000000333333333E-12
            ln(10^100)          | 230.2585092994045684017991454684364
            log(1000)           | 3
            log(0.001)          | -3
            log(2)              | 0.3010299956639811952137388947244930
            log10(5)            | 0.6989700043360188047862611052755070
            exp(0)              | 1
            exp(1)              | 2.718281828459045235360287471352662
            exp(-1)             | 0.3678794411714423215955237701614609
            exp(100)            | 2.688117141816135448412625551580014E+43
            ln(exp(12.5))       | 12.5
            pi                  | 3.141592653589793238462643383279503
            π                   | 3.141592653589793238462643383279503
            e                   | 2.718281828459045235360287471352662
            2pi                 | 6.283185307179586476925286766559006
            sin(0)              | 0
            sin(pi)             | 0
            sin(pi/2)           | 1
            sin(pi/6)           | 0.5
            sin(1)              | 0.8414709848078965066525023216302990
            sin(30°)            | 0.5
            cos(0)              | 1
            cos(pi/2)           | 0
            cos(60°)            | 0.5
            cos(1)              | 0.5403023058681397174009366074429766
            tan(45°)            | 1
            tan(1)              | 1.557407724654902230506974807458360
            sin(100)            | -0.5063656411097587936565576104597854
            sin(10^15)          | 0.8582727931702358355238863908484066
            sin(-1)             | -0.8414709848078965066525023216302990
            """)
    void functionsAndConstants(String expression, String result) throws Exception {
        assertEquals(
                new BigDecimal(result).stripTrailingZeros(), new BigDecimal(evaluate(expression)).stripTrailingZeros());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            17 × 23         | 391
            17 · 23         | 391
            17 x 23         | 391
            17x23           | 391
            17 X 23         | 391
            17 times 23     | 391
            46 ÷ 2          | 23
            46 divided by 2 | 23
            5 − 3           | 2
            5 – 3           | 2
            5 minus 3       | 2
            5 plus 3        | 8
            1,000 + 1       | 1001
            1,234,567.5     | 1234567.5
            (1,000 + 1) * 2 | 2002
            2(3 + 4)        | 14
            (1 + 2)(3 + 4)  | 21
            2 sqrt(9)       | 6
            3 * 2(1 + 1)    | 12
            1.5e3           | 1500
            1E-3            | 0.001
            2e              | 5.436563656918090470720574942705325
            """)
    void spellings(String expression, String result) throws Exception {
        assertEquals(result, evaluate(expression));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.1 + 0.2                   | 0.3
            1/3                         | 0.3333333333333333333333333333333333
            2/3                         | 0.6666666666666666666666666666666667
            1/3*3                       | 1
            1/3*3 - 1                   | 0
            1/3 + 1/3 + 1/3 - 1         | 0
            10^60 + 1 - 10^60           | 1
            sqrt(2)*10^40               | 1.414213562373095048801688724209698E+40
            123456789012345678901234567890 * 987654321098765432109876543210 | 121932631137021795226185032733622923332237463801111263526900
            1.23456789012345678901 * 1.23456789012345678901 | 1.52415787532388367504374335655266
            100! / 98!                  | 9900
            (10^100 + 0) / 10^50        | 1E+50
            1e20 + 0.5                  | 100000000000000000000.5
            """)
    void digits(String expression, String result) throws Exception {
        assertEquals(result, evaluate(expression));
    }
}
