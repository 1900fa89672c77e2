package io.pipecat.tools.local.calculator;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text how it is written; digits without separators for a number, plain digits for a superscript
 * @param position where it begins, counted from 1
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        NUMBER,
        /** A function or a constant. */
        NAME,
        PLUS,
        MINUS,
        TIMES,
        DIVIDE,
        MOD,
        OF,
        POWER,
        SUPERSCRIPT,
        PERCENT,
        FACTORIAL,
        DEGREE,
        ROOT,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether an operand can begin here. */
    boolean beginsOperand() {
        return switch (kind) {
            case NUMBER, NAME, ROOT, OPEN -> true;
            default -> false;
        };
    }

    /** Whether an operand can end here. */
    boolean endsOperand() {
        return switch (kind) {
            case NUMBER, NAME, CLOSE, PERCENT, FACTORIAL, DEGREE, SUPERSCRIPT -> true;
            default -> false;
        };
    }

    /** The token as an error message names it. */
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
