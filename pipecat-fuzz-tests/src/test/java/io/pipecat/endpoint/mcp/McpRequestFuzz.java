package io.pipecat.endpoint.mcp;

import io.pipecat.api.http.RequestHandler;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonNull;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.fuzz.Input;
import io.pipecat.fuzz.SentAnswer;
import io.pipecat.fuzz.SentRequest;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client sends to {@code /mcp}: headers and body, before it has introduced itself and after. */
public final class McpRequestFuzz {
    private static final byte[] INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final String SESSION = "mcp-session-id";
    private static final TestNode NODE =
            TestNode.builder().tools(Tool.annotated(new House())).build();

    private McpRequestFuzz() {}

    /** A tool that does harm to nobody. */
    @ToolInfo(name = "house", description = "A house.")
    public static final class House {
        /** Greets. */
        @ToolMethod("Greets.")
        public String greet(String name, int times, Optional<JsonObject> with) {
            return name + times + with;
        }

        /** Burns. */
        @ToolMethod(value = "Burns it down.", sensitive = true)
        public String burn() {
            throw new AssertionError("it was not allowed");
        }
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        List<byte[]> parts = Input.rawParts(data, 4);
        Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json"));
        put(headers, "accept", parts.get(0));
        put(headers, "origin", parts.get(1));
        put(headers, "mcp-protocol-version", parts.get(2));
        byte[] body = parts.get(3);
        try (McpEndpoint endpoint = new McpEndpoint(NODE, () -> "session")) {
            RequestHandler post = endpoint.routes().getFirst().handler();
            check(post.handle(new SentRequest(headers, body)), body);
            Response known = post.handle(new SentRequest(Map.of("content-type", "application/json"), INITIALIZE));
            Input.check("a session", known.status() == 200);
            headers.put(SESSION, "session");
            check(post.handle(new SentRequest(headers, body)), body);
        }
    }

    private static void put(Map<String, String> headers, String name, byte[] value) {
        if (value.length > 0) {
            headers.put(name, Input.text(value));
        }
    }

    private static void check(Response response, byte[] sent) throws IOException, InterruptedException {
        Input.check(
                "a status of this protocol",
                List.of(200, 202, 400, 403, 404, 406, 415).contains(response.status()));
        String body = SentAnswer.body(response);
        if (response.status() == 202) {
            Input.check("nothing to say", body.isEmpty());
            return;
        }
        try {
            JsonObject answer = Json.parseObject(body.startsWith("event:") ? lastData(body) : body);
            Input.check("a result or an error", answer.has("result") != answer.has("error"));
            JsonValue id = answer.get("id").orElseThrow();
            if (response.status() == 200) {
                Input.check(
                        "of this request",
                        Json.parseObject(Input.text(sent)).get("id").equals(Optional.of(id)));
            } else {
                Input.check("of no request", id == JsonNull.NULL);
            }
        } catch (JsonException e) {
            throw new AssertionError(body, e);
        }
    }

    private static String lastData(String events) {
        List<String> lines =
                events.lines().filter(line -> line.startsWith("data: ")).toList();
        return lines.getLast().substring("data: ".length());
    }
}
