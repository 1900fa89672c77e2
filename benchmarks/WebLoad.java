import com.sun.net.httpserver.HttpServer;
import io.pipecat.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * See web.sh, which runs this. "model" makes a language model service that streams at a steady rate and is the load generator at once:
 * both ends of a token are in one process, so that one clock measures its way.
 */
public final class WebLoad {
    private static final int TOKENS = 40;
    private static final int PAUSE_MILLIS = 50;
    private static final Pattern CHAT = Pattern.compile("chat-([0-9]+-[0-9]+)");
    private static final Map<String, Long> SENT = new ConcurrentHashMap<>();

    private final URI node;

    private WebLoad(URI node) {
        this.node = node;
    }

    public static void main(String[] args) throws Exception {
        HttpServer model = model();
        System.out.println("http://127.0.0.1:" + model.getAddress().getPort() + "/v1");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        WebLoad load = new WebLoad(URI.create(in.readLine().strip()));
        long pid = Long.parseLong(in.readLine().strip());
        int chats = Integer.parseInt(args[0]);
        load.chats(0, 20);
        load.alone();
        int rounds = Integer.parseInt(args[3]);
        int dropped = 0;
        double slowest = 0;
        List<Double> millis = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            load.awaitNoStreams();
            Round each = load.chats(round, chats);
            dropped += each.dropped();
            slowest = Math.max(slowest, each.seconds());
            millis.addAll(each.millis());
        }
        String what = chats + " chats at the same time, " + TOKENS + " tokens each, " + rounds + " rounds: ";
        result("web.dropped", dropped, "", what + "dropped or incomplete");
        result("web.slowest-round", slowest, "s", what + "slowest round");
        latency("web.first-token-crowd", what + "first token from the model's to the browser's", millis, 99);
        load.awaitNoStreams();
        load.idle(pid, Integer.parseInt(args[1]));
        load.files(args[2]);
        System.exit(0);
    }

    private static HttpServer model() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/v1/models", exchange -> {
            byte[] answer = "{\"object\":\"list\",\"data\":[{\"id\":\"steady\",\"object\":\"model\"}]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.createContext("/v1/chat/completions", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher asked = CHAT.matcher(body);
            String chat = "";
            while (asked.find()) {
                chat = asked.group(1);
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < TOKENS; i++) {
                    Thread.sleep(PAUSE_MILLIS);
                    byte[] chunk = chunk("{\"role\":\"assistant\",\"content\":\"t" + i + " \"}", "null");
                    SENT.putIfAbsent(chat, System.nanoTime());
                    out.write(chunk);
                    out.flush();
                }
                out.write(chunk("{}", "\"stop\""));
                out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        return server;
    }

    private static byte[] chunk(String delta, String finish) {
        return ("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"steady\",\"choices\":[{\"index\":0,\"delta\":"
                        + delta + ",\"finish_reason\":" + finish + "}]}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What became of some chats at the same time. */
    private record Round(List<Double> millis, int dropped, double seconds) {}

    private Round chats(int round, int count) throws Exception {
        List<Double> millis = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicInteger whole = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(count);
        List<Thread> threads = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            String name = round + "-" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    if (chat(name, ready, millis)) {
                        whole.incrementAndGet();
                    }
                } catch (Exception e) {
                    System.err.println("chat " + name + ": " + e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Round(millis, count - whole.get(), (System.nanoTime() - begun) / 1e9);
    }

    /** One person: begins a conversation, follows it, and speaks when all the others are ready. */
    private boolean chat(String name, CountDownLatch ready, List<Double> millis) throws Exception {
        String id = Json.parseObject(call("POST", "/api/conversations", "{}")).string("id").orElseThrow();
        try (Socket tab = new Socket(node.getHost(), node.getPort())) {
            tab.setTcpNoDelay(true);
            tab.setSoTimeout(120_000);
            tab.getOutputStream()
                    .write(("GET /api/conversations/" + id + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in = new BufferedReader(new InputStreamReader(tab.getInputStream(), StandardCharsets.UTF_8));
            in.readLine();
            ready.countDown();
            ready.await();
            call("POST", "/api/conversations/" + id + "/messages", "{\"text\":\"This is chat-" + name + "\"}");
            int tokens = 0;
            String event = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring(7);
                    if (event.equals("text") && tokens == 0) {
                        millis.add((System.nanoTime() - SENT.get(name)) / 1e6);
                    }
                } else if (line.startsWith("data: ") && event.equals("text")) {
                    tokens += Json.parseObject(line.substring(6)).string("delta").orElseThrow().split(" ").length;
                } else if (line.startsWith("data: ") && event.equals("turn_end")) {
                    return tokens == TOKENS && line.contains("\"completed\"");
                }
            }
            return false;
        }
    }

    private String call(String verb, String path, String body) throws IOException {
        try (Socket socket = new Socket(node.getHost(), node.getPort())) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream()
                    .write((verb + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept-Encoding: gzip\r\nContent-Length: "
                                    + bytes.length + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            if (!text.startsWith("HTTP/1.1 2")) {
                throw new IOException(verb + " " + path + ": " + text.lines().findFirst().orElse("no answer"));
            }
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    private void alone() throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            millis.addAll(chats(1000 + i, 1).millis());
        }
        latency("web.first-token", "one chat at a time, first token from the model's to the browser's", millis, 100);
    }

    /** A listener finds out that a tab has gone when it next tells it something. */
    private void awaitNoStreams() throws Exception {
        while (!call("GET", "/metrics", "").contains("pipecat_web_streams 0")) {
            Thread.sleep(500);
        }
    }

    private static void latency(String name, String what, List<Double> millis, int percentile) {
        List<Double> sorted = millis.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("no chat got a token: " + name);
        }
        result(name, sorted.get(sorted.size() / 2), "ms", what + ", median");
        double high = sorted.get(Math.min(sorted.size() - 1, sorted.size() * percentile / 100));
        result(name + "-worst", high, "ms", what + (percentile == 100 ? ", worst of " + sorted.size() : ", 99th percentile"));
    }

    private static void result(String name, double value, String unit, String what) {
        System.out.printf(Locale.ROOT, "result\t%s\t%.3f\t%s\t%s%n", name, value, unit, what);
    }

    private static long ticks(long pid) throws IOException {
        String[] fields = Files.readString(Path.of("/proc/" + pid + "/stat")).replaceFirst(".*\\) ", "").split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** What tabs in which nothing happens cost, beyond what the node costs without them. */
    private void idle(long pid, int seconds) throws Exception {
        int tabs = 20;
        double without = share(pid, seconds);
        List<Socket> open = new ArrayList<>();
        String id = Json.parseObject(call("POST", "/api/conversations", "{}")).string("id").orElseThrow();
        for (int i = 0; i < tabs; i++) {
            for (String path : List.of("/api/events", "/api/conversations/" + id + "/events")) {
                Socket tab = new Socket(node.getHost(), node.getPort());
                tab.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                open.add(tab);
                Thread.ofVirtual().start(() -> {
                    try (InputStream in = tab.getInputStream()) {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // Closed at the end.
                    }
                });
            }
        }
        Thread.sleep(2000);
        double with = share(pid, seconds);
        result("web.idle-node", without, "%", "of a core, the node without a tab");
        result("web.idle-tab", Math.max(0, with - without) / tabs, "%", "of a core, each of " + tabs + " idle tabs");
        for (Socket tab : open) {
            tab.close();
        }
    }

    private static double share(long pid, int seconds) throws Exception {
        long before = ticks(pid);
        long begun = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        return 100.0 * (ticks(pid) - before) / 100 / ((System.nanoTime() - begun) / 1e9);
    }

    private void files(String names) throws IOException {
        int bytes = call("GET", "/", "").length();
        for (String name : names.split(" ")) {
            bytes += name.isEmpty() ? 0 : call("GET", "/ui/" + name, "").length();
        }
        result("web.first-load", bytes / 1000.0, "kB", "first load: page and all files of the UI, zipped");
    }
}
