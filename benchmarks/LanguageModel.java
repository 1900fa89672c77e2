import io.pipecat.agent.Conversation;
import io.pipecat.agent.TurnFrame;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.json.Json;
import io.pipecat.node.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * See llm.sh, which runs this: "process NAME NAME WHERE" measures the model in this process, and after it with "agent" what the agent
 * makes of it, with "beside" what its work does to other work; "interrupt" measures how soon a call ends, and "client NAME NAME WHERE URL"
 * a server of the model.
 */
public final class LanguageModel {
    private static final int TIMES = Integer.getInteger("times", 200);
    private static final int WARM_UP = TIMES / 4;
    private static final List<String> SAID = List.of(
            "Hello", "Thank you", "What can you do?", "Good morning", "Who are you?", "How are you?", "Write me a poem", "Bye");

    /** One response: when its first text came, when it ended, and how many tokens it has. */
    private record Timing(long first, long end, int tokens) {}

    private interface Asked {
        Timing ask(String text) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "process" -> {
                try (Node node = node(Map.of())) {
                    measure(args[1], args[2], args[3], text -> direct(node.llm(), text));
                    if (args[4].equals("agent")) {
                        agent(node);
                    } else {
                        beside(node.llm());
                    }
                }
            }
            case "interrupt" -> interrupt();
            case "client" -> {
                try (HttpClient http = HttpClient.newHttpClient()) {
                    URI url = URI.create(args[4] + "/v1/chat/completions");
                    measure(args[1], args[2], args[3], text -> over(http, url, text));
                }
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        // llama.cpp leaves a thread behind.
        System.exit(0);
    }

    private static Node node(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(
                Map.of("state_dir", Files.createTempDirectory("pipecat-llm").toString(), "serve", "none"));
        settings.putAll(more);
        Node node = Node.builder().settings("benchmark", settings).build();
        node.prepareModel();
        return node;
    }

    private static void measure(String firstToken, String rate, String where, Asked model) throws Exception {
        double[] first = new double[TIMES];
        double seconds = 0;
        long tokens = 0;
        for (int i = -WARM_UP; i < TIMES; i++) {
            Timing timing = model.ask(SAID.get(Math.floorMod(i, SAID.size())));
            if (i >= 0) {
                first[i] = timing.first() / 1e6;
                // The first token is the prompt's work.
                tokens += timing.tokens() - 1;
                seconds += (timing.end() - timing.first()) / 1e9;
            }
        }
        if (tokens <= 0) {
            throw new IllegalStateException("the model wrote nothing");
        }
        Arrays.sort(first);
        String what = where + ", built-in model, a short conversation without tools";
        result(firstToken, first[TIMES / 2], "ms", "first token " + what + ", median of " + TIMES);
        result(rate, tokens / seconds, "tokens/s", "tokens a second " + what);
    }

    private static Timing direct(LLMService llm, String text) throws Exception {
        long begun = System.nanoTime();
        long[] first = {0};
        LLMResponse response = llm.process(LLMContext.of(new Message.User(text)), frame -> {
            if (frame instanceof LLMFrame.Text && first[0] == 0) {
                first[0] = System.nanoTime() - begun;
            }
        });
        return new Timing(first[0], System.nanoTime() - begun, response.usage().completionTokens());
    }

    private static Timing over(HttpClient http, URI url, String text) throws Exception {
        JsonObject said = JsonObject.builder().put("role", "user").put("content", text).build();
        String body = "{\"model\":\"builtin\",\"stream\":true,\"temperature\":0,\"stream_options\":{\"include_usage\":true},\"messages\":["
                + said + "]}";
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long begun = System.nanoTime();
        HttpResponse<java.io.InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        long first = 0;
        int tokens = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (answer.statusCode() != 200) {
                    throw new IOException(url + " answers " + answer.statusCode() + ": " + line);
                }
                if (!line.startsWith("data: {")) {
                    continue;
                }
                if (first == 0 && line.contains("\"content\":\"") && !line.contains("\"content\":\"\"")) {
                    first = System.nanoTime() - begun;
                }
                if (line.contains("\"completion_tokens\"")) {
                    tokens = Json.parseObject(line.substring(6))
                            .object("usage")
                            .flatMap(usage -> usage.number("completion_tokens"))
                            .orElseThrow()
                            .toInt();
                }
            }
        }
        return new Timing(first, System.nanoTime() - begun, tokens);
    }

    /** What the model is promised to do in a turn as people have them: the agent's prompt, with all tools. */
    private static void agent(Node node) throws Exception {
        double[] first = new double[TIMES];
        for (int i = -WARM_UP; i < TIMES; i++) {
            long[] at = {0};
            try (Conversation conversation = node.conversation().build()) {
                long begun = System.nanoTime();
                conversation.send(SAID.get(Math.floorMod(i, SAID.size())), frame -> {
                    if (frame instanceof TurnFrame.Text && at[0] == 0) {
                        at[0] = System.nanoTime() - begun;
                    }
                });
            }
            if (i >= 0) {
                first[i] = at[0] / 1e6;
            }
        }
        Arrays.sort(first);
        String what = "first token of a turn of the agent with all its tools, one core, ";
        result("llm.agent-first-token", first[TIMES / 2], "ms", what + "median of " + TIMES);
        result("llm.agent-first-token-slowest", first[TIMES - 1], "ms", what + "slowest");
    }

    /** How late a small task on a virtual thread is while every slot of the model generates. */
    private static void beside(LLMService llm) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> busy = new ArrayList<>();
        int slots = llm.concurrency().orElse(1);
        CountDownLatch generating = new CountDownLatch(slots);
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            busy.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int n = 0; !done.get(); n++) {
                        direct(llm, SAID.get(n % SAID.size()));
                        generating.countDown();
                    }
                } catch (Exception e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                    generating.countDown();
                }
            }));
        }
        generating.await();
        double[] late = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long due = System.nanoTime();
            long[] ran = {0};
            Thread task = Thread.ofVirtual().start(() -> ran[0] = System.nanoTime());
            task.join();
            late[i] = (ran[0] - due) / 1e6;
            Thread.sleep(10);
        }
        done.set(true);
        for (Thread thread : busy) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.getFirst());
        }
        Arrays.sort(late);
        String what = "a task on a virtual thread begins late by, while all " + slots + " slots generate, ";
        result("llm.delay-while-generating", late[TIMES - 1], "ms", what + "worst of " + TIMES);
        result("llm.delay-while-generating-median", late[TIMES / 2], "ms", what + "median");
    }

    /** A server that begins an answer and then says nothing; how soon it sees its connection closed. */
    private static void interrupt() throws Exception {
        int times = Math.max(10, TIMES / 2);
        double[] millis = new double[times];
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Node node = node(Map.of(
                        "llama_api_url_override", "http://127.0.0.1:" + server.getLocalPort() + "/v1", "llm_model", "silent"))) {
            for (int i = 0; i < times; i++) {
                CountDownLatch heard = new CountDownLatch(1);
                Thread caller = Thread.ofVirtual().start(() -> {
                    try {
                        node.llm().process(LLMContext.of(new Message.User("Hello")), frame -> {
                            if (frame instanceof LLMFrame.Text) {
                                heard.countDown();
                            }
                        });
                    } catch (InterruptedException | LLMException e) {
                        // Either is how an interrupted call ends.
                    }
                });
                try (Socket connection = server.accept()) {
                    begin(connection);
                    heard.await();
                    long begun = System.nanoTime();
                    caller.interrupt();
                    while (connection.getInputStream().read() >= 0) {
                        // Until it is closed.
                    }
                    millis[i] = (System.nanoTime() - begun) / 1e6;
                }
                caller.join();
            }
        }
        Arrays.sort(millis);
        result("llm.interrupt", millis[times - 1], "ms", "an interrupted call's connection is closed after, worst of " + times);
        result("llm.interrupt-median", millis[times / 2], "ms", "the same, median");
    }

    private static void begin(Socket connection) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            in.read();
        }
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"So\"},\"finish_reason\":null}]}\n\n";
        connection
                .getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(event.length()) + "\r\n" + event + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void result(String name, double value, String unit, String what) {
        System.out.printf("result\t%s\t%.3f\t%s\t%s%n", name, value, unit, what);
    }
}
