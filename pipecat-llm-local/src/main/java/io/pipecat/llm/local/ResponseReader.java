package io.pipecat.llm.local;

import io.pipecat.llm.local.chat.OutputParser;
import io.pipecat.llm.local.chat.ToolDialect;

/** Takes the pieces of a response: drops control tokens that mean nothing here, and notices the end. */
final class ResponseReader {
    private final ToolDialect dialect;
    private final OutputParser parser;
    private boolean over;

    ResponseReader(ToolDialect dialect, OutputParser parser) {
        this.dialect = dialect;
        this.parser = parser;
    }

    void accept(String piece) {
        if (dialect.tokens().isEnd(piece)) {
            over = true;
        } else if (!dialect.tokens().isControl(piece) || dialect.reads(piece)) {
            parser.accept(piece);
        }
    }

    boolean refuses() {
        return parser.refuses();
    }

    void end() {
        parser.end();
    }

    boolean isOver() {
        return over;
    }
}
