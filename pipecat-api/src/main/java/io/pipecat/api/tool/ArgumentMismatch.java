package io.pipecat.api.tool;

/** An argument does not fit its parameter; the message goes on after the method's name: "missing required argument 'b'". */
final class ArgumentMismatch extends Exception {
    private static final long serialVersionUID = 1L;

    ArgumentMismatch(String message) {
        super(message, null, false, false);
    }
}
