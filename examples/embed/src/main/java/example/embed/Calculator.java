package example.embed;

import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.api.tool.ToolParam;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application's own tool: arithmetic with two numbers, exact to 34 digits. */
@ToolInfo(name = "calculator", description = "Calculates with numbers.")
public final class Calculator {
    private static final String NUMBER = "\\s*(-?\\d+(?:\\.\\d+)?)\\s*";
    private static final Pattern SUM = Pattern.compile(NUMBER + "([-+*/])" + NUMBER);

    /**
     * Calculates.
     *
     * @param expression two numbers with an operator between them
     * @return the result
     * @throws ToolException if it is something else, or a division by zero
     */
    @ToolMethod("Evaluates an arithmetic expression.")
    public String evaluate(@ToolParam("two numbers with +, -, * or / between them, such as 17 * 23") String expression)
            throws ToolException {
        Matcher sum = SUM.matcher(expression);
        if (!sum.matches()) {
            throw new ToolException(
                    ToolException.Reason.INVALID_ARGUMENTS,
                    "'" + expression + "' is not two numbers with +, -, * or / between them.");
        }
        BigDecimal left = new BigDecimal(sum.group(1));
        BigDecimal right = new BigDecimal(sum.group(3));
        try {
            BigDecimal result = switch (sum.group(2)) {
                case "+" -> left.add(right);
                case "-" -> left.subtract(right);
                case "*" -> left.multiply(right);
                default -> left.divide(right, MathContext.DECIMAL128);
            };
            return result.toPlainString();
        } catch (ArithmeticException e) {
            throw new ToolException(ToolException.Reason.FAILED, "'" + expression + "' has no result.", e);
        }
    }
}
