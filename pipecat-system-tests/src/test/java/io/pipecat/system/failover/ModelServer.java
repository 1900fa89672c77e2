package io.pipecat.system.failover;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FunctionSpec;
import io.pipecat.api.llm.GenerationOptions;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import io.pipecat.node.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The built-in model as an OpenAI-compatible service, as plain as it gets: {@code ModelServer ADDRESS PORT NAME STATE_DIR TOKEN_MILLIS}.
 * Takes at least so long for each token. Says "ready" when it is, and ends when it is killed.
 */
public final class ModelServer {
    private final LLMService llm;
    private final String name;
    private final Duration token;

    private ModelServer(LLMService llm, String name, Duration token) {
        this.llm = llm;
        this.name = name;
        this.token = token;
    }

    /** Runs until it is killed. */
    // The node lives as long as the process.
    @SuppressWarnings("resource")
    public static void main(String[] args) throws Exception {
        Node node = Node.builder()
                .settings(
                        "the test",
                        Map.of("state_dir", args[3], "local_llm_model_path", "builtin", "local_llm_slots", "2"))
                .build();
        node.prepareModel();
        ModelServer model = new ModelServer(node.llm(), args[2], Duration.ofMillis(Long.parseLong(args[4])));
        HttpServer server = HttpServer.create(new InetSocketAddress(args[0], Integer.parseInt(args[1])), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/models", model::models);
        server.createContext("/v1/chat/completions", model::complete);
        server.start();
        System.out.println("ready");
    }

    private void models(HttpExchange exchange) throws IOException {
        // Not how large its context is: this model leaves out what the client must count.
        JsonObject model = JsonObject.of("id", name);
        byte[] body = JsonObject.of("data", JsonArray.of(model)).toString().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void complete(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonObject request =
                    Json.parseObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            llm.process(context(request), frame -> send(out, frame));
        } catch (UncheckedIOException e) {
            // The client has gone to another server: that is what this is for.
        } catch (JsonException | LLMException e) {
            System.err.println(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(OutputStream out, LLMFrame frame) {
        try {
            Thread.sleep(token);
            switch (frame) {
                case LLMFrame.ResponseStart start -> {}
                case LLMFrame.Reasoning thought -> {}
                case LLMFrame.Text text -> event(out, JsonObject.of("content", text.text()), "");
                case ToolCall call -> event(out, call(call), "");
                case LLMFrame.ResponseEnd end -> {
                    event(out, JsonObject.EMPTY, "stop");
                    out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
                }
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonObject call(ToolCall call) {
        JsonObject function = JsonObject.builder()
                .put("name", call.name())
                .put("arguments", call.argumentsJson())
                .build();
        JsonObject fragment = JsonObject.builder()
                .put("index", 0)
                .put("id", call.id())
                .put("type", "function")
                .put("function", function)
                .build();
        return JsonObject.of("tool_calls", JsonArray.of(fragment));
    }

    private void event(OutputStream out, JsonObject delta, String finish) throws IOException {
        JsonObject.Builder choice = JsonObject.builder().put("index", 0).put("delta", delta);
        if (!finish.isEmpty()) {
            choice.put("finish_reason", finish);
        }
        JsonObject chunk = JsonObject.builder()
                .put("model", name)
                .put("choices", JsonArray.of(choice.build()))
                .build();
        out.write(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private static LLMContext context(JsonObject request) {
        Map<String, String> calls = new HashMap<>();
        List<Message> messages = new ArrayList<>();
        request.array("messages").orElse(JsonArray.EMPTY).objects().forEach(message -> {
            String content = message.string("content").orElse("");
            messages.add(
                    switch (message.string("role").orElse("")) {
                        case "system" -> new Message.SystemPrompt(content);
                        case "assistant" -> assistant(message, content, calls);
                        case "tool" -> {
                            String id = message.string("tool_call_id").orElse("");
                            yield new Message.ToolResult(id, calls.getOrDefault(id, ""), content, false);
                        }
                        default -> new Message.User(content);
                    });
        });
        List<FunctionSpec> functions = request.array("tools")
                .orElse(JsonArray.EMPTY)
                .objects()
                .flatMap(tool -> tool.object("function").stream())
                .map(function -> new FunctionSpec(
                        function.string("name").orElse(""),
                        function.string("description").orElse(""),
                        function.object("parameters").orElse(JsonObject.EMPTY)))
                .toList();
        return new LLMContext(messages, functions, GenerationOptions.DEFAULT);
    }

    private static Message assistant(JsonObject message, String content, Map<String, String> calls) {
        List<ToolCall> made = new ArrayList<>();
        message.array("tool_calls").orElse(JsonArray.EMPTY).objects().forEach(call -> {
            JsonObject function = call.object("function").orElse(JsonObject.EMPTY);
            String id = call.string("id").orElse("");
            String name = function.string("name").orElse("");
            calls.put(id, name);
            made.add(new ToolCall(id, name, function.string("arguments").orElse("{}")));
        });
        return new Message.Assistant(content, made);
    }
}
