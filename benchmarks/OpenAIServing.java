import com.sun.management.OperatingSystemMXBean;
import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Binding;
import io.pipecat.api.http.EndpointProvider;
import io.pipecat.api.http.HttpEndpoint;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ServerProvider;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.Usage;
import io.pipecat.node.Node;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** See openai.sh, which runs this. With a port and two numbers it is the client: in a process of its own, whose work is not counted. */
public final class OpenAIServing {
    private static final boolean QUICK = Boolean.getBoolean("quick");
    private static final int WARM_UP = QUICK ? 50 : 300;
    private static final int FIRST_TOKENS = QUICK ? 100 : 500;
    private static final int STREAMS = 8;
    private static final int TOKENS = 2000;
    private static final int ROUNDS = QUICK ? 2 : 20;

    /** Gives as many tokens as the last message says, at once: what is left is the endpoint's. */
    private static final class Source implements LLMService {
        @Override
        public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink) {
            LLMResponse.Collector out = new LLMResponse.Collector(sink);
            out.accept(new LLMFrame.ResponseStart("source"));
            int tokens = Integer.parseInt(context.messages().getLast().text());
            for (int i = 0; i < tokens; i++) {
                out.accept(new LLMFrame.Text(" token"));
            }
            out.accept(new LLMFrame.ResponseEnd(FinishReason.STOP, new Usage(1, tokens)));
            return out.response();
        }

        @Override
        public OptionalInt concurrency() {
            return OptionalInt.of(64);
        }

        @Override
        public int contextTokens() {
            return 1 << 20;
        }

        @Override
        public String description() {
            return "source";
        }

        @Override
        public void close() {}
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            client(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            return;
        }
        Path state = Files.createTempDirectory("pipecat-openai");
        Map<String, String> settings = Map.of("state_dir", state.toString(), "serve", "none", "access_log", "false");
        try (Node node = Node.builder().settings("benchmark", settings).build()) {
            node.prepareModel();
            LLMContext hello = LLMContext.of(new Message.User("hello"));
            try (Served served = new Served(with(node.context(), new Source()))) {
                client(served.port(), STREAMS, 3);
                long[] first = new long[FIRST_TOKENS];
                try (Connection connection = new Connection(served.port())) {
                    for (int i = 0; i < WARM_UP; i++) {
                        connection.ask("1");
                    }
                    for (int i = 0; i < first.length; i++) {
                        first[i] = connection.ask("1");
                    }
                }
                Arrays.sort(first);
                String what = "request to first token of a model that answers at once, ";
                result("openai.first-token", first[first.length / 2] / 1e6, "ms", what + "median");
                result("openai.first-token-p99", first[first.length * 99 / 100] / 1e6, "ms", what + "99th percentile");
                cpu(served.port());
            }
            try (Served served = new Served(node.context());
                    Connection connection = new Connection(served.port())) {
                long[] direct = new long[FIRST_TOKENS];
                long[] over = new long[FIRST_TOKENS];
                for (int i = -WARM_UP; i < direct.length; i++) {
                    long d = direct(node.llm(), hello);
                    long o = connection.ask("hello");
                    if (i >= 0) {
                        direct[i] = d;
                        over[i] = o;
                    }
                }
                Arrays.sort(direct);
                Arrays.sort(over);
                double d = direct[direct.length / 2] / 1e6;
                double o = over[over.length / 2] / 1e6;
                result("openai.builtin-in-process", d, "ms", "first token of the built-in model in process, median");
                result("openai.builtin-over-v1", o, "ms", "the same over /v1, median");
                result("openai.builtin-added", o - d, "ms", "added to it by the endpoint");
            }
        }
        // llama.cpp leaves a thread behind.
        System.exit(0);
    }

    private static void cpu(int port) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        long begun = System.nanoTime();
        int code = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dquick=" + QUICK,
                        "OpenAIServing",
                        String.valueOf(port),
                        String.valueOf(STREAMS),
                        String.valueOf(ROUNDS))
                .inheritIO()
                .start()
                .waitFor();
        long cpu = system.getProcessCpuTime() - before;
        long wall = System.nanoTime() - begun;
        if (code != 0) {
            throw new IllegalStateException("the client failed");
        }
        long tokens = (long) STREAMS * ROUNDS * TOKENS;
        String what = ", " + STREAMS + " streams at the same time";
        result("openai.cpu-per-token", cpu / 1e3 / tokens, "µs", "processor time of a streamed token" + what);
        result("openai.tokens-per-second", tokens / (wall / 1e9), "tokens/s", "tokens streamed" + what);
    }

    private static void result(String name, double value, String unit, String what) {
        System.out.printf("result\t%s\t%.3f\t%s\t%s%n", name, value, unit, what);
    }

    private static void client(int port, int streams, int rounds) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (Connection connection = new Connection(port)) {
                    for (int round = 0; round < rounds; round++) {
                        connection.ask(String.valueOf(TOKENS));
                    }
                } catch (IOException | RuntimeException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.getFirst());
        }
    }

    private static long direct(LLMService llm, LLMContext context) throws Exception {
        long begun = System.nanoTime();
        long[] first = {0};
        llm.process(context, frame -> {
            if (frame instanceof LLMFrame.Text && first[0] == 0) {
                first[0] = System.nanoTime() - begun;
            }
        });
        return first[0];
    }

    private static NodeContext with(NodeContext context, LLMService llm) {
        return (NodeContext) Proxy.newProxyInstance(
                OpenAIServing.class.getClassLoader(), new Class<?>[] {NodeContext.class}, (self, method, arguments) -> {
                    try {
                        return method.getName().equals("llm") ? llm : method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The endpoint on the server that nodes have. */
    private static final class Served implements AutoCloseable {
        private final HttpEndpoint endpoint;
        private final Listener listener;

        Served(NodeContext context) throws Exception {
            endpoint = ServiceLoader.load(EndpointProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(provider -> provider.name().equals("llm"))
                    .findFirst()
                    .orElseThrow()
                    .create(context);
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            listener = ServiceLoader.load(ServerProvider.class)
                    .findFirst()
                    .orElseThrow()
                    .open(new Binding("llm", any), endpoint, context);
        }

        int port() {
            URI address = listener.address();
            return address.getPort();
        }

        @Override
        public void close() {
            listener.close();
            endpoint.close();
        }
    }

    /** A connection that is kept. */
    private static final class Connection implements AutoCloseable {
        private static final byte[] END = "data: [DONE]".getBytes(StandardCharsets.UTF_8);
        private static final byte[] CONTENT = "{\"content\":\"".getBytes(StandardCharsets.UTF_8);
        private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8);

        private final Socket socket;
        private final InputStream in;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        /** Returns how long the first token took, in nanoseconds. */
        long ask(String text) throws IOException {
            byte[] body = ("{\"model\":\"x\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                            + "\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] head = ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] request = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, request, head.length, body.length);
            OutputStream out = socket.getOutputStream();
            long begun = System.nanoTime();
            out.write(request);
            until(CONTENT);
            long first = System.nanoTime() - begun;
            until(END);
            until(LAST_CHUNK);
            return first;
        }

        /** None of the marks begins anew within itself but LAST_CHUNK, whose first byte is looked at again. */
        private void until(byte[] mark) throws IOException {
            int matched = 0;
            while (matched < mark.length) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("the server closed the connection");
                }
                matched = b == mark[matched] ? matched + 1 : b == mark[0] ? 1 : 0;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
