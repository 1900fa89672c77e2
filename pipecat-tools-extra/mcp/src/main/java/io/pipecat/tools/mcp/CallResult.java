package io.pipecat.tools.mcp;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a tool's result of what a server answers (Model Context Protocol, "Tool Result"). */
final class CallResult {
    private CallResult() {}

    /**
     * Returns the structured result if there is one, else its texts, one after the other. What a model cannot read is described.
     *
     * @throws ToolException if the server says that the tool failed
     */
    static JsonValue of(String label, JsonObject result) throws ToolException {
        String text = result.array("content")
                .orElse(JsonArray.EMPTY)
                .objects()
                .map(CallResult::text)
                .collect(Collectors.joining("\n"));
        if (result.bool("isError").orElse(false)) {
            throw ToolException.failed(
                    text.isBlank()
                            ? label + " failed, and its MCP server does not say why."
                            : label + " failed: " + text);
        }
        Optional<JsonObject> structured = result.object("structuredContent");
        return structured.isPresent() ? structured.get() : new JsonString(text);
    }

    private static String text(JsonObject block) {
        return switch (block.string("type").orElse("")) {
            case "text" -> block.string("text").orElse("");
            case "image", "audio" -> binary(block.string("type").orElse(""), block, "data");
            case "resource_link" ->
                "[link to "
                        + block.string("title").or(() -> block.string("name")).orElse("a resource") + ": "
                        + block.string("uri").orElse("?") + "]";
            case "resource" -> resource(block.object("resource").orElse(JsonObject.EMPTY));
            case String other -> "[" + (other.isEmpty() ? "something" : other) + " that this node cannot show]";
        };
    }

    private static String resource(JsonObject resource) {
        return resource.string("text")
                .orElseGet(() -> binary("resource " + resource.string("uri").orElse("?"), resource, "blob"));
    }

    private static String binary(String what, JsonObject holder, String member) {
        // Base64 takes four characters for three bytes.
        long bytes =
                holder.string(member).map(base64 -> base64.length() * 3L / 4).orElse(0L);
        String type = holder.string("mimeType").orElse("of unknown type");
        return "[" + what + ", " + type + ", about " + bytes + " bytes]";
    }
}
