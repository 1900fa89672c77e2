package io.pipecat.endpoint.mcp;

import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.node.TestNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Calls an endpoint's handlers, and introduces itself once. */
final class TestClient implements AutoCloseable {
    final House house = new House();
    final McpEndpoint endpoint;
    private String session = "";

    TestClient(Map<String, String> settings) {
        this(settings, Clock.systemUTC(), Clock.systemUTC());
    }

    TestClient(Map<String, String> settings, Clock clock, Clock steadyClock) {
        endpoint = new McpEndpoint(TestNode.builder()
                .settings(settings)
                .clock(clock)
                .steadyClock(steadyClock)
                .tools(Tool.annotated(house))
                .build());
    }

    Response send(FakeRequest request) throws IOException, InterruptedException {
        return endpoint.routes().stream()
                .filter(route -> route.method().equals(request.method()))
                .findFirst()
                .orElseThrow()
                .handler()
                .handle(request);
    }

    Response initialize(String version) throws IOException, InterruptedException {
        Response response = send(new FakeRequest(
                "POST",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + version
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}"));
        session = response.headers().getOrDefault("Mcp-Session-Id", "");
        return response;
    }

    String session() {
        return session;
    }

    FakeRequest post(String body) {
        return new FakeRequest("POST", body).with("Mcp-Session-Id", session);
    }

    JsonObject request(String method, String params) throws IOException, InterruptedException {
        return json(send(post(rpc("7", method, params))));
    }

    JsonObject call(String name, String arguments) throws IOException, InterruptedException {
        return request("tools/call", "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}");
    }

    static String rpc(String id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    static JsonObject json(Response response) {
        return object(text(response));
    }

    static JsonObject object(String text) {
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    static String text(Response response) {
        return switch (response.body()) {
            case Response.Body.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Response.Body.Stream(Response.Writer writer) -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    writer.write(out);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
                yield out.toString(StandardCharsets.UTF_8);
            }
        };
    }

    /** The messages of a stream of events. */
    static List<JsonObject> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> object(line.substring(6)))
                .toList();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
