package io.pipecat.tools.local.calculator;

import io.pipecat.fuzz.Input;

/** What a model wants calculated. */
public final class ExpressionFuzz {

    private ExpressionFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Input.check("a number", Expression.evaluate(Input.text(data)).toJson() != null);
        } catch (CalculationException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
