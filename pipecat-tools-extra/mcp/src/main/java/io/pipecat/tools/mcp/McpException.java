package io.pipecat.tools.mcp;

import io.pipecat.api.tool.ToolException;

/** A server did not answer as it should. */
final class McpException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened; decides what the caller of a tool is told. */
    enum Kind {
        /** There is no connection, and nothing was sent. */
        NOT_SENT(ToolException.Reason.UNAVAILABLE),
        /** The connection broke after the request was sent. */
        LOST(ToolException.Reason.UNCERTAIN),
        /** The server answered with an error. */
        REFUSED(ToolException.Reason.FAILED),
        /** The server answered that the parameters are wrong. */
        BAD_PARAMETERS(ToolException.Reason.INVALID_ARGUMENTS),
        /** An answer came that cannot be read or is too large. */
        UNREADABLE(ToolException.Reason.FAILED),
        /** No answer came in time. */
        TIMEOUT(ToolException.Reason.TIMEOUT);

        private final ToolException.Reason reason;

        Kind(ToolException.Reason reason) {
            this.reason = reason;
        }

        ToolException.Reason reason() {
            return reason;
        }
    }

    private final Kind kind;

    /**
     * Makes an exception.
     *
     * @param kind what happened
     * @param message the same in words, without the server's name, beginning in lower case and without a full stop
     */
    McpException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
