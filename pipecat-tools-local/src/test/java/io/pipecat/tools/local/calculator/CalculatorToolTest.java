package io.pipecat.tools.local.calculator;

import static io.pipecat.tools.local.Calls.call;
import static io.pipecat.tools.local.Calls.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalculatorToolTest {
    private final Tool calculator = Tool.annotated(new CalculatorTool());

    private static JsonObject operands(String a, String b) {
        return JsonObject.builder()
                .put("a", new JsonNumber(a))
                .put("b", new JsonNumber(b))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "add, 1.10, 2.20, 3.3",
        "add, 12345678901234567890123456789012345678901234567890, 1, 12345678901234567890123456789012345678901234567891",
        "subtract, 0.3, 0.1, 0.2",
        "subtract, 5, 5.0, 0",
        "multiply, 17, 23, 391",
        "multiply, 2.50, 4, 10",
        "divide, 10, 4, 2.5",
        "divide, 1, 3, 0.3333333333333333333333333333333333",
        "divide, -1e3, 1E-2, -100000",
    })
    void fourOperations(String method, String a, String b, String result) throws Exception {
        assertEquals(new JsonNumber(result), call(calculator, method, operands(a, b)));
    }

    @Test
    void evaluatesToAJsonNumber() throws Exception {
        assertEquals(new JsonNumber("391"), call(calculator, "evaluate", JsonObject.of("expression", "17 * 23")));
    }

    @Test
    void failuresSayWhatWasTried() {
        assertEquals(
                "Cannot evaluate \"1 / (2 - 2)\": division by zero, which has no result (at position 3).",
                failure(calculator, "evaluate", JsonObject.of("expression", "1 / (2 - 2)")));
        assertEquals(
                "Cannot divide: division by zero, which has no result.",
                failure(calculator, "divide", operands("1", "0.0")));
        assertEquals(
                "Cannot add: a number of more than 1000 digits, which is too large to compute.",
                failure(calculator, "add", operands("1e999999999", "1")));
        assertEquals(
                "Cannot multiply: a number closer to zero than 10^-1000, which is too small to compute.",
                failure(calculator, "multiply", operands("1e-999999999", "1")));
    }

    @Test
    void aLongExpressionIsShortenedInTheMessage() {
        String message = failure(calculator, "evaluate", JsonObject.of("expression", "1+".repeat(200)));
        assertEquals(
                "Cannot evaluate \"" + "1+".repeat(40)
                        + "…\": the end at position 401, where a number, a function or '(' should be.",
                message);
    }

    @Test
    void wrongArgumentsAreNotTheToolsFault() {
        ToolException e =
                assertThrows(ToolException.class, () -> call(calculator, "evaluate", JsonObject.of("formula", "1")));
        assertEquals(ToolException.Reason.INVALID_ARGUMENTS, e.reason());
    }
}
