package io.pipecat.tools.local.calculator;

/** A calculation has no result; the message is half a sentence that says why: "division by zero". */
final class CalculationException extends Exception {
    private static final long serialVersionUID = 1L;

    CalculationException(String problem) {
        super(problem, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
