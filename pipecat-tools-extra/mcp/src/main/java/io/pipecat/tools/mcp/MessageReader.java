package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes messages of what a server sent, and survives what is none. */
final class MessageReader {
    /** The longest message, in bytes. What is longer is not read, and what it answers has failed. */
    static final int MAX_BYTES = 4 << 20;

    /** As much of an over-long message as is kept from either end, to find out what it answers. */
    static final int KEPT = 256;

    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);
    private static final int SHOWN = 200;
    private static final Json JSON = Json.within(JsonLimits.DEFAULT.withMaxLength(MAX_BYTES));

    /** Only where the id of the message itself can stand: an id further inside may be anybody's. */
    private static final Pattern ID_FIRST = Pattern.compile(
            "^\\s*\\{\\s*(?:\"jsonrpc\"\\s*:\\s*\"2.0\"\\s*,\\s*)?\"id\"\\s*:\\s*([0-9]{1,18})\\s*[,}]");

    private static final Pattern ID_LAST =
            Pattern.compile("\"id\"\\s*:\\s*([0-9]{1,18})\\s*(?:,\\s*\"jsonrpc\"\\s*:\\s*\"2.0\"\\s*)?\\}\\s*$");

    private final String name;
    private final Transport.Receiver receiver;

    MessageReader(String name, Transport.Receiver receiver) {
        this.name = name;
        this.receiver = receiver;
    }

    /** Takes one message. */
    void take(byte[] utf8) {
        try {
            if (JSON.read(utf8) instanceof JsonObject message) {
                receiver.message(message);
            } else {
                LOG.debug("MCP server {}: not a message: {}", name, shown(utf8));
            }
        } catch (JsonException e) {
            // A stray line on standard output is the commonest fault of servers, and harmless.
            LOG.debug("MCP server {}: not a message ({}): {}", name, e.getMessage(), shown(utf8));
            unreadable(utf8, utf8, "its answer is not valid JSON: " + e.getMessage());
        }
    }

    /** Takes what is left of a message that was too long. */
    void tooLong(byte[] start, byte[] end) {
        LOG.warn("MCP server {} sent a message of more than {} bytes, which was not read", name, MAX_BYTES);
        unreadable(start, end, "its answer has more than " + MAX_BYTES + " bytes; ask for less at a time");
    }

    private void unreadable(byte[] start, byte[] end, String problem) {
        Matcher first = ID_FIRST.matcher(latin1(start, 0));
        Matcher last = ID_LAST.matcher(latin1(end, Math.max(0, end.length - KEPT)));
        McpException reason = new McpException(McpException.Kind.UNREADABLE, problem);
        if (first.find()) {
            receiver.failed(Long.parseLong(first.group(1)), reason);
        } else if (last.find()) {
            receiver.failed(Long.parseLong(last.group(1)), reason);
        }
    }

    private static String latin1(byte[] bytes, int from) {
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + KEPT));
        return new String(part, StandardCharsets.ISO_8859_1);
    }

    private static String shown(byte[] utf8) {
        return new String(utf8, 0, Math.min(utf8.length, SHOWN), StandardCharsets.UTF_8);
    }
}
