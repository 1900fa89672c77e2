import com.sun.net.httpserver.HttpServer;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.json.Json;
import io.pipecat.node.Node;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** See tool-call.sh, which runs this. */
public final class ToolCall {
    private static int calls;

    /** A tool that does next to nothing, so that what is measured is the way to it. */
    @ToolInfo(name = "adder", description = "Adds.")
    public static final class Adder {
        @ToolMethod("Adds two numbers.")
        public long add(long a, long b) {
            return a + b;
        }
    }

    private interface Call {
        JsonValue run() throws Exception;
    }

    /** The number of calls, and then nothing, or the address, key, tool, method and arguments. */
    public static void main(String[] numberAndArgs) throws Exception {
        calls = Integer.parseInt(numberAndArgs[0]);
        String[] args = Arrays.copyOfRange(numberAndArgs, 1, numberAndArgs.length);
        Path state = Files.createTempDirectory("pipecat-tool-call");
        HttpServer server = args.length == 0 ? server() : null;
        Map<String, String> settings = new HashMap<>();
        settings.put("state_dir", state.toString());
        settings.put("serve", "none");
        // The model is not asked; this one is not even loaded.
        settings.put("llama_api_url_override", "http://127.0.0.1:1");
        settings.put(
                "tool_server_url",
                args.length == 0 ? "http://127.0.0.1:" + server.getAddress().getPort() : args[0]);
        settings.put("tool_server_api_key", args.length > 1 ? args[1] : "key");
        settings.put("tool_locations", args.length > 2 ? args[2] + "=remote" : "remote_adder=remote");
        ToolContext context = new ToolContext("1", Instant.now().plusSeconds(600), line -> {});
        JsonObject numbers = JsonObject.builder().put("a", 2).put("b", 3).build();
        Adder adder = new Adder();
        try (Node node =
                Node.builder().settings("benchmark", settings).tool(adder).build()) {
            String tool = args.length > 2 ? args[2] : "remote_adder";
            String method = args.length > 3 ? args[3] : "add";
            JsonObject arguments = args.length > 4 ? Json.parseObject(args[4]) : numbers;
            for (int i = 0; i < 1000 && node.tools().find(tool).isEmpty(); i++) {
                Thread.sleep(10);
            }
            Tool proxy = node.tools().find(tool).orElseThrow();
            tell("tool-call.remote", "call of " + tool + "." + method + " through the proxy", measure(() -> proxy.call(method, arguments, context), 1));
            tell(
                    "tool-call.local",
                    "call in process, by name",
                    measure(() -> node.tools().find("adder").orElseThrow().call("add", numbers, context), 100));
        } finally {
            if (server != null) {
                server.stop(0);
            }
            try (var files = Files.walk(state)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        System.exit(0);
    }

    /** The least that a tool server can be: what is above it is the proxy's. */
    private static HttpServer server() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String body = exchange.getRequestURI().getPath().equals("/tools/")
                    ? "{\"remote_adder\":{\"add\":{\"doc\":\"Adds.\",\"args\":[\"a\",\"b\"],\"sensitive\":false}}}"
                    : "{\"result\":5}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Returns nanoseconds for one call, sorted. Short calls are timed in batches: the clock takes time too. */
    private static double[] measure(Call call, int batch) throws Exception {
        for (int i = 0; i < calls * Math.min(batch, 10); i++) {
            call.run();
        }
        double[] times = new double[calls];
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            for (int j = 0; j < batch; j++) {
                call.run();
            }
            times[i] = (System.nanoTime() - begin) / (double) batch;
        }
        Arrays.sort(times);
        return times;
    }

    private static void tell(String name, String what, double[] sorted) {
        System.out.printf("result\t%s\t%.3f\tµs\t%s, median%n", name, sorted[sorted.length / 2] / 1000, what);
        System.out.printf(
                "result\t%s-p99\t%.3f\tµs\t%s, 99th percentile%n", name, sorted[(int) (sorted.length * 0.99)] / 1000, what);
    }
}
