package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import io.pipecat.fuzz.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import okio.Buffer;

/** What a program or a server that speaks MCP sends, by pipe and by stream. */
public final class McpMessagesFuzz {
    private static final Transport.Receiver RECEIVER = new Transport.Receiver() {
        @Override
        public void message(JsonObject message) {
            JsonObject result = message.object("result").orElse(message);
            JsonArray tools = result.array("tools").orElse(JsonArray.EMPTY);
            Catalogue catalogue = Catalogue.of("server", result, tools, Optional.empty());
            Input.check(
                    "as many",
                    catalogue.originals().size() == catalogue.spec().methods().size());
            try {
                Input.check("a value", CallResult.of("server.method", result) != null);
            } catch (ToolException e) {
                Input.check("a reason", e.getMessage() != null);
            }
        }

        @Override
        public void failed(long id, McpException reason) {
            Input.check("a reason", reason.getMessage() != null);
        }

        @Override
        public void closed(String reason) {
            Input.check("a reason", !reason.isBlank());
        }
    };

    private McpMessagesFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        MessageReader reader = new MessageReader("s", RECEIVER);
        LineReader.Lines lines = new LineReader.Lines() {
            @Override
            public void line(byte[] bytes) {
                reader.take(bytes);
            }

            @Override
            public void tooLong(byte[] start, byte[] end) {
                reader.tooLong(start, end);
            }
        };
        new LineReader(new ByteArrayInputStream(data), 4096, 256, lines).run();
        try {
            SseReader.read(new Buffer().write(data), 4096, reader::take);
        } catch (IOException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
