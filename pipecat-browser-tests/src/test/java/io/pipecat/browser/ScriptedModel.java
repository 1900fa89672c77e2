package io.pipecat.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A model server that says what a test wants, to whoever says a certain word; the built-in model would not attack its own page. */
final class ScriptedModel implements AutoCloseable {
    private record Call(String tool, String arguments) {}

    private record Script(Optional<Call> call, List<String> words, boolean holds) {}

    private final Map<String, Script> scripts = new LinkedHashMap<>();
    private final Semaphore released = new Semaphore(0);
    private final HttpServer http;

    ScriptedModel() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.createContext("/v1/chat/completions", this::answer);
        http.createContext("/v1/models", exchange -> {
            byte[] models = "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\",\"object\":\"model\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, models.length);
            exchange.getResponseBody().write(models);
            exchange.close();
        });
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1";
    }

    /** Says these words, one frame for each, to a message with this cue in it. */
    ScriptedModel says(String cue, String... words) {
        scripts.put(cue, new Script(Optional.empty(), List.of(words), false));
        return this;
    }

    /** Says the first word and no other until {@link #release}. */
    ScriptedModel holds(String cue, String... words) {
        scripts.put(cue, new Script(Optional.empty(), List.of(words), true));
        return this;
    }

    /** Calls a tool and, when it has the result, says these words. */
    ScriptedModel calls(String cue, String tool, String arguments, String... words) {
        scripts.put(cue, new Script(Optional.of(new Call(tool, arguments)), List.of(words), false));
        return this;
    }

    /** Lets an answer that was held go on. */
    void release() {
        released.release();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<JsonObject> messages;
        try {
            messages = Json.parseObject(body)
                    .array("messages")
                    .orElse(JsonArray.EMPTY)
                    .objects()
                    .toList();
        } catch (JsonException e) {
            throw new IOException("not a request of the chat API: " + body, e);
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            speak(out, messages);
        }
    }

    private void speak(OutputStream out, List<JsonObject> messages) throws IOException {
        int asked = 0;
        for (int i = 0; i < messages.size(); i++) {
            asked = role(messages.get(i)).equals("user") ? i : asked;
        }
        String text =
                messages.get(asked).get("content").map(JsonValue::toString).orElse("");
        boolean hasResult = messages.subList(asked, messages.size()).stream()
                .anyMatch(each -> role(each).equals("tool"));
        Script script = scripts.entrySet().stream()
                .filter(each -> text.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new Script(Optional.empty(), List.of("I have no script for that."), false));
        if (script.call().isPresent() && !hasResult) {
            Call call = script.call().get();
            send(out, delta("tool_calls", JsonArray.of(toolCall(call))), "null");
            send(out, JsonObject.EMPTY, "\"tool_calls\"");
        } else {
            for (int i = 0; i < script.words().size(); i++) {
                if (script.holds() && i == 1) {
                    released.acquireUninterruptibly();
                }
                send(out, JsonObject.of("content", script.words().get(i)), "null");
            }
            send(out, JsonObject.EMPTY, "\"stop\"");
        }
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String role(JsonObject message) {
        return message.string("role").orElse("");
    }

    private static JsonObject delta(String name, JsonValue value) {
        return JsonObject.of(name, value);
    }

    private static JsonObject toolCall(Call call) {
        JsonObject function = JsonObject.builder()
                .put("name", call.tool())
                .put("arguments", call.arguments())
                .build();
        return JsonObject.builder()
                .put("index", 0)
                .put("id", "call_1")
                .put("type", "function")
                .put("function", function)
                .build();
    }

    private static void send(OutputStream out, JsonObject delta, String finish) throws IOException {
        String frame = "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
        out.write(frame.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
