package io.pipecat.endpoint.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.testkit.Await;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /v1} over real HTTP. */
class ChatCompletionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path state;

    private Served serve(String... settings) throws Exception {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new Served(state, map);
    }

    private static JsonObject error(HttpResponse<String> response, int status) {
        assertEquals(status, response.statusCode(), response.body());
        return Served.json(response.body()).object("error").orElseThrow();
    }

    private static JsonObject message(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        JsonObject choice = Served.json(response.body())
                .array("choices")
                .orElseThrow()
                .objects()
                .findFirst()
                .orElseThrow();
        return choice.object("message").orElseThrow();
    }

    @Test
    void answersAsAWhole() throws Exception {
        try (Served served = serve()) {
            HttpResponse<String> response = served.say("hello");
            assertEquals(Optional.of("You said: hello"), message(response).string("content"));
            JsonObject body = Served.json(response.body());
            assertEquals(Optional.of("scripted"), body.string("model"));
            assertEquals(
                    "{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14}",
                    body.object("usage").orElseThrow().toString());
        }
    }

    @Test
    void streamsTextReasoningAndUsage() throws Exception {
        try (Served served = serve()) {
            String body = Served.body("think", true)
                    .replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
            HttpResponse<String> response = served.post(body);
            assertEquals(
                    "text/event-stream; charset=utf-8",
                    response.headers().firstValue("Content-Type").orElse(""));
            List<JsonObject> events = Served.events(response.body());
            assertEquals(
                    List.of(
                            "{\"role\":\"assistant\",\"content\":\"\"}",
                            "{\"reasoning_content\":\"hm\"}",
                            "{\"content\":\"so\"}",
                            "{}"),
                    events.stream()
                            .flatMap(e -> e.array("choices").orElseThrow().objects())
                            .map(c -> c.object("delta").orElseThrow().toString())
                            .toList());
            assertEquals(
                    Optional.of("{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14}"),
                    events.getLast().object("usage").map(JsonObject::toString));
        }
    }

    @Test
    void streamsToolCallsEachAtItsIndex() throws Exception {
        try (Served served = serve()) {
            List<JsonObject> calls = Served.events(
                            served.post(Served.body("call", true)).body())
                    .stream()
                    .flatMap(e -> e.array("choices").orElseThrow().objects())
                    .flatMap(c -> c.object("delta")
                            .orElseThrow()
                            .array("tool_calls")
                            .orElse(JsonArray.EMPTY)
                            .objects())
                    .toList();
            assertEquals(2, calls.size());
            assertEquals(1, calls.getLast().number("index").orElseThrow().toInt());
            assertEquals(
                    "{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":2}\"}",
                    calls.getLast().object("function").orElseThrow().toString());
            assertEquals(
                    2,
                    message(served.say("call"))
                            .array("tool_calls")
                            .orElseThrow()
                            .size());
        }
    }

    @Test
    void handsEverythingToTheModel() throws Exception {
        try (Served served = serve()) {
            message(served.post("""
                    {"model":"gpt-4o","unknown":{"x":1},"temperature":0.5,"top_p":0.9,"seed":7,"max_tokens":9,
                     "max_completion_tokens":5,"stop":["END","."],"tool_choice":"auto",
                     "messages":[{"role":"developer","content":"be brief"},
                       {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
                       {"role":"assistant","content":null,"tool_calls":[{"id":"x1","type":"function",
                         "function":{"name":"add","arguments":"{}"}}]},
                       {"role":"tool","tool_call_id":"x1","content":"3"}],
                     "tools":[{"type":"function","function":{"name":"add","description":"adds",
                       "parameters":{"type":"object","properties":{}}}}]}"""));
            LLMContext context = served.model.seen.getFirst();
            assertEquals(
                    new Message.SystemPrompt("be brief"), context.messages().get(0));
            assertEquals(new Message.User("ab"), context.messages().get(1));
            assertEquals(
                    new Message.ToolResult("x1", "add", "3", false),
                    context.messages().get(3));
            assertEquals("add", context.functions().getFirst().name());
            assertEquals(OptionalDouble.of(0.5), context.options().temperature());
            assertEquals(OptionalDouble.of(0.9), context.options().topP());
            assertEquals(OptionalInt.of(5), context.options().maxTokens());
            assertEquals(OptionalLong.of(7), context.options().seed());
            assertEquals(List.of("END", "."), context.options().stop());
        }
    }

    @Test
    void refusesWhatItCannotHonour() throws Exception {
        try (Served served = serve()) {
            String plain = Served.body("x", false);
            Map.of(
                            "tool_choice", "\"tool_choice\":\"required\"",
                            "response_format", "\"response_format\":{\"type\":\"json_object\"}",
                            "n", "\"n\":2",
                            "temperature", "\"temperature\":\"hot\"",
                            "stop", "\"stop\":7",
                            "max_tokens", "\"max_tokens\":0")
                    .forEach((param, member) -> {
                        try {
                            JsonObject error = error(served.post(plain.replaceFirst("\\{", "{" + member + ",")), 400);
                            assertEquals(Optional.of(param), error.string("param"));
                            assertEquals(Optional.of("invalid_request_error"), error.string("type"));
                        } catch (Exception e) {
                            throw new AssertionError(param, e);
                        }
                    });
            error(served.post("{\"messages\":[]}"), 400);
            error(served.post("{\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"z\",\"content\":\"\"}]}"), 400);
            error(served.post("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}"), 400);
            assertTrue(served.model.seen.isEmpty());
        }
    }

    @Test
    void tellsTheModelsFailuresByStatusAndLaterOnesByAnEvent() throws Exception {
        try (Served served = serve()) {
            for (boolean stream : new boolean[] {false, true}) {
                JsonObject error = error(served.post(Served.body("overflow", stream)), 400);
                assertEquals(Optional.of("context_length_exceeded"), error.string("code"));
                error(served.post(Served.body("away", stream)), 503);
            }
            error(served.say("break"), 502);
            HttpResponse<String> broken = served.post(Served.body("break", true));
            assertEquals(200, broken.statusCode());
            assertTrue(broken.body().contains("so far"), broken.body());
            assertTrue(broken.body().endsWith("\"code\":null}}\n\n"), broken.body());
        }
    }

    @Test
    void theAgentRunsItsToolsAndDeniesWhatNobodyCanBeAskedAbout() throws Exception {
        try (Served served = serve()) {
            String ask = Served.body("burn", false).replace("\"any\"", "\"pipecat\"");
            String content = message(served.post(ask)).string("content").orElseThrow();
            assertTrue(content.contains("nobody can be asked here"), content);
            assertFalse(served.house.burnt);
            error(
                    served.post(ask.replaceFirst(
                            "\\{", "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],")),
                    400);
        }
        try (Served served = serve("approval_mode", "allow")) {
            message(served.post(Served.body("burn", false).replace("\"any\"", "\"pipecat\"")));
            assertTrue(served.house.burnt);
        }
    }

    @Test
    void theAgentsAnswerIsTheSameWholeAndStreamed() throws Exception {
        try (Served served = serve()) {
            String whole = message(served.post(Served.body("look", false).replace("\"any\"", "\"pipecat\"")))
                    .string("content")
                    .orElseThrow();
            String stream = served.post(Served.body("look", true).replace("\"any\"", "\"pipecat\""))
                    .body();
            String streamed = Served.events(stream).stream()
                    .flatMap(e -> e.array("choices").orElseThrow().objects())
                    .map(c -> c.object("delta").orElseThrow().string("content").orElse(""))
                    .collect(Collectors.joining());
            assertTrue(whole.startsWith("Let me look.\n\nYou said: "), whole);
            assertEquals(whole, streamed);
        }
    }

    @Test
    void anAgentThatRanOutOfStepsWasNotCutOff() throws Exception {
        try (Served served = serve("agent_max_steps", "1")) {
            String body = served.post(Served.body("look", false).replace("\"any\"", "\"pipecat\""))
                    .body();
            assertTrue(body.contains("\"finish_reason\":\"stop\""), body);
        }
    }

    @Test
    void aNodeIsNotItsOwnModel() throws Exception {
        try (Served served = serve()) {
            String hello = Served.body("hello", false);
            String itself = served.node.node().instanceId();
            JsonObject error = error(served.post(hello, "X-Pipecat-Instance", itself), 503);
            assertTrue(error.string("message").orElse("").contains("asks itself"), error::toString);
            message(served.post(hello, "X-Pipecat-Instance", "another"));
        }
    }

    @Test
    void aMistakeIsToldInOpenAIsShape() throws Exception {
        try (Served served = serve()) {
            for (boolean stream : new boolean[] {false, true}) {
                assertEquals(
                        Optional.of("server_error"),
                        error(served.post(Served.body("bug", stream)), 500).string("type"));
            }
        }
    }

    @Test
    void listsTheBareModelFirst() throws Exception {
        try (Served served = serve()) {
            List<JsonObject> models = Served.json(served.get("/v1/models").body())
                    .array("data")
                    .orElseThrow()
                    .objects()
                    .toList();
            assertEquals(
                    List.of("scripted", "pipecat"),
                    models.stream().map(m -> m.string("id").orElse("")).toList());
            assertEquals(200, served.get("/health").statusCode());
        }
    }

    @Test
    void asksForOneOfItsKeysAndForNoneWithoutOne() throws Exception {
        try (Served served = serve("llama_api_key", "new,old")) {
            String hello = Served.body("hello", false);
            assertEquals(
                    Optional.of("invalid_api_key"),
                    error(served.post(hello), 401).string("code"));
            error(served.post(hello, "Authorization", "Bearer other"), 401);
            message(served.post(hello, "Authorization", "Bearer new"));
            message(served.post(hello, "Authorization", "Bearer old"));
            assertEquals(200, served.get("/health").statusCode());
        }
        try (Served served = serve()) {
            error(served.post(Served.body("hello", false), "Origin", "https://evil.example"), 403);
            message(served.post(Served.body("hello", false), "Origin", "http://localhost:3000"));
        }
    }

    @Test
    void refusesWhenTheQueueIsFull() throws Exception {
        try (Served served = serve("llm_queue_length", "1")) {
            var first = async(served, "wait");
            assertTrue(served.model.waiting.tryAcquire(30, TimeUnit.SECONDS));
            var second = async(served, "hello");
            Await.until(
                    "one waits", SOON, () -> served.node.metrics().shown("pipecat_llm_queue_length", Map.of()) == 1);
            HttpResponse<String> third = served.say("too much");
            assertEquals(Optional.of("rate_limit_error"), error(third, 429).string("type"));
            assertTrue(third.headers().firstValue("Retry-After").isPresent());
            served.model.go.release();
            assertEquals(200, first.get(30, TimeUnit.SECONDS).statusCode());
            assertEquals(200, second.get(30, TimeUnit.SECONDS).statusCode());
        }
    }

    private static CompletableFuture<HttpResponse<String>> async(Served served, String text) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return served.say(text);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aClientThatGoesAwayFreesItsPlaceAtOnceOrWhileItWaits() throws Exception {
        try (Served served = serve()) {
            try (Socket flooded = open(served, "flood")) {
                assertTrue(served.model.waiting.tryAcquire(30, TimeUnit.SECONDS));
                assertTrue(flooded.getInputStream().read() >= 0);
            }
            assertTrue(served.model.ended.tryAcquire(30, TimeUnit.SECONDS), "the model stopped");
            try (Socket silent = open(served, "wait")) {
                assertTrue(served.model.waiting.tryAcquire(30, TimeUnit.SECONDS));
                try (Socket queued = open(served, "hello")) {
                    readUntilComment(queued);
                }
                readUntilComment(silent);
            }
            assertTrue(served.model.ended.tryAcquire(30, TimeUnit.SECONDS), "the model stopped");
            assertEquals(200, served.say("hello").statusCode());
        }
    }

    @Test
    void aClientThatStopsReadingDoesNotHoldUpTheEndOfTheNode() throws Exception {
        try (Served served = serve();
                Socket deaf = open(served, "flood")) {
            assertTrue(served.model.waiting.tryAcquire(30, TimeUnit.SECONDS));
            assertTrue(deaf.getInputStream().read() >= 0);
            // Longer than it takes until a sign of life is due, which must not wait behind the token that nobody reads.
            served.listener.drain(Duration.ofSeconds(5));
            assertTrue(served.model.ended.tryAcquire(30, TimeUnit.SECONDS), "the model stopped");
        }
    }

    private static void readUntilComment(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(": waiting") < 0) {
            int c = in.read();
            assertTrue(c >= 0, seen::toString);
            seen.append((char) c);
        }
    }

    private static Socket open(Served served, String text) throws Exception {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), served.listener.address().getPort());
        byte[] body = Served.body(text, true).getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
        return socket;
    }

    @Test
    void oddBodiesAreRefusedInOpenAIsShape() throws Exception {
        try (Served served = serve()) {
            String whole = Served.body("hello", false);
            Random random = new Random(9);
            List<String> odd =
                    new ArrayList<>(List.of("", "null", "[]", "{", "\u0000", "{\"messages\":{}}", "[".repeat(5000)));
            for (int i = 0; i < 300; i++) {
                StringBuilder broken = new StringBuilder(whole);
                broken.setCharAt(random.nextInt(whole.length()), (char) (32 + random.nextInt(95)));
                odd.add(broken.toString());
            }
            for (String body : odd) {
                HttpResponse<String> response = served.post(body);
                int status = response.statusCode();
                assertTrue(status == 200 || status == 400, body + " → " + status + " " + response.body());
                if (status == 400) {
                    assertTrue(Served.json(response.body()).object("error").isPresent(), response.body());
                }
            }
        }
    }
}
