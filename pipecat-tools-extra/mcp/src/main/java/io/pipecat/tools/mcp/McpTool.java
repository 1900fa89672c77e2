package io.pipecat.tools.mcp;

import io.pipecat.api.Nearest;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A server as a tool: its tools are the methods. */
final class McpTool implements Tool {
    private final McpServer server;
    private final Clock clock;

    McpTool(McpServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    @Override
    public ToolSpec spec() {
        return server.catalogue().spec();
    }

    @Override
    public JsonValue call(String method, JsonObject arguments, ToolContext context)
            throws ToolException, InterruptedException {
        String label = server.name() + "." + method;
        // Before the wait: what the caller saw, and perhaps asked a person about.
        Optional<MethodSpec> seen = spec().method(method);
        try {
            return CallResult.of(label, call(method, label, seen, arguments, context));
        } catch (McpException e) {
            throw failure(label, e);
        }
    }

    private JsonObject call(
            String method, String label, Optional<MethodSpec> seen, JsonObject arguments, ToolContext context)
            throws McpException, ToolException, InterruptedException {
        for (boolean again = false; ; again = true) {
            Session session = server.session(left(context));
            JsonObject params = JsonObject.builder()
                    .put("name", original(method, label, seen))
                    .put("arguments", arguments)
                    .build();
            try {
                return session.request("tools/call", params, left(context), progress -> report(progress, context));
            } catch (McpException e) {
                // Only where nothing can have run: the session was over, which nobody had noticed before.
                if (again || e.kind() != McpException.Kind.NOT_SENT || session.ended() == null) {
                    throw e;
                }
            }
        }
    }

    private Duration left(ToolContext context) {
        Duration left = Duration.between(clock.instant(), context.deadline());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private String original(String method, String label, Optional<MethodSpec> seen) throws ToolException {
        Catalogue now = server.catalogue();
        Optional<MethodSpec> current = now.spec().method(method);
        String original = now.originals().get(method);
        if (current.isEmpty() || original == null) {
            throw new ToolException(
                    ToolException.Reason.UNKNOWN_METHOD,
                    "The MCP server '" + server.name() + "' has no tool '" + method + "'."
                            + Nearest.hint(method, now.originals().keySet()));
        }
        boolean wasHarmless = seen.map(spec -> !spec.sensitive()).orElse(false);
        if (wasHarmless && current.get().sensitive()) {
            throw new ToolException(
                    ToolException.Reason.DENIED,
                    label
                            + " was not called: its MCP server does not mark it read-only any more, so a person has to be asked."
                            + " Call it again.");
        }
        return original;
    }

    private static void report(JsonObject progress, ToolContext context) {
        String done = progress.number("progress").map(Object::toString).orElse("");
        String of = progress.number("total").map(total -> "/" + total).orElse("");
        String message = progress.string("message").map(String::strip).orElse("");
        String line = (done + of + " " + message).strip();
        if (!line.isEmpty()) {
            context.report(line);
        }
    }

    private ToolException failure(String label, McpException e) {
        String server = "MCP server '" + this.server.name() + "'";
        String message = switch (e.kind()) {
            case NOT_SENT ->
                label + " was not called: " + server + " is not there: " + e.problem()
                        + ". Do without it, and tell the user.";
            case LOST ->
                "Whether " + label + " was done is not known: " + server + " was lost during the call: " + e.problem()
                        + ". Find out before you call it again.";
            case TIMEOUT -> label + " was ended: " + e.problem() + ". Ask for less, or tell the user.";
            case REFUSED, BAD_PARAMETERS -> label + " failed: " + server + " says: " + e.problem();
            case UNREADABLE -> label + " gave no result: " + server + " answered, but " + e.problem() + ".";
        };
        return new ToolException(e.kind().reason(), message, e);
    }
}
