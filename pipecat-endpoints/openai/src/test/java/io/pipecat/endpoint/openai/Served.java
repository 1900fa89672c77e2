package io.pipecat.endpoint.openai;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.testkit.node.TestNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The endpoint on the server that nodes have. */
final class Served implements AutoCloseable {
    final ScriptedModel model = new ScriptedModel();
    final House house = new House();
    final Listener listener;
    final TestNode node;
    private final HttpEndpoint endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A tool that a person would be asked about. */
    @ToolInfo(name = "house", description = "A house.")
    public static final class House {
        volatile boolean burnt;

        /** Looks at it. */
        @ToolMethod("Looks at it.")
        public String look() {
            return "standing";
        }

        /** Burns it down. */
        @ToolMethod(value = "Burns it down.", sensitive = true)
        public String burn() {
            burnt = true;
            return "burnt";
        }
    }

    Served(Path state, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        node = TestNode.builder()
                .settings(all)
                .stateDir(state)
                .clock(Clock.systemUTC())
                .tools(Tool.annotated(house))
                .llm(model)
                .build();
        endpoint = new OpenAIEndpointProvider().create(node);
        listener = ServiceLoader.load(ServerProvider.class)
                .findFirst()
                .orElseThrow()
                .open(new Binding("llm", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), endpoint, node);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(listener.address().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(listener.address().resolve("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> say(String text) throws Exception {
        return post(body(text, false));
    }

    static String body(String text, boolean stream) {
        JsonObject user =
                JsonObject.builder().put("role", "user").put("content", text).build();
        return JsonObject.builder()
                .put("model", "any")
                .put("messages", JsonArray.of(user))
                .put("stream", stream)
                .build()
                .toString();
    }

    static JsonObject json(String text) {
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    static List<JsonObject> events(String stream) {
        List<JsonObject> events = new ArrayList<>();
        assertTrue(stream.endsWith("data: [DONE]\n\n"), stream);
        for (String line : stream.split("\n", -1)) {
            if (line.startsWith("data: {")) {
                events.add(json(line.substring(6)));
            }
        }
        return events;
    }

    @Override
    public void close() {
        listener.close();
        endpoint.close();
    }
}
