package io.pipecat.endpoint.wyoming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.Listener;
import io.pipecat.api.http.ListenerProvider;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.FinishReason;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.api.llm.Usage;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.testkit.node.TestNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The voice door over real sockets, by the protocol's documentation. */
class WyomingTest {
    @TempDir
    private Path state;

    private final House house = new House();
    private Optional<Listener> listener = Optional.empty();

    /** A tool that a person would be asked about. */
    @ToolInfo(name = "house", description = "A house.")
    public static final class House {
        volatile boolean burnt;

        /** Burns it down. */
        @ToolMethod(value = "Burns it down.", sensitive = true)
        public String burn() {
            burnt = true;
            return "burnt";
        }
    }

    /** Says what it was told and how many messages it knows; calls the tool if it is to burn; fails if it is to fail, and differently for a bug. */
    private static final class Parrot implements LLMService {
        @Override
        public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink) throws LLMException {
            Message last = context.messages().getLast();
            if (last.text().equals("fail")) {
                throw new LLMException(LLMException.Reason.UNAVAILABLE, "nobody there");
            }
            if (last.text().equals("bug")) {
                throw new IllegalStateException("a mistake");
            }
            LLMResponse.Collector out = new LLMResponse.Collector(sink);
            out.accept(new LLMFrame.ResponseStart("parrot"));
            boolean call = last.text().equals("burn") && last instanceof Message.User;
            if (call) {
                out.accept(new ToolCall("c", "house__burn", "{}"));
            } else {
                long users = context.messages().stream()
                        .filter(Message.User.class::isInstance)
                        .count();
                out.accept(new LLMFrame.Text(users + ": " + last.text()));
            }
            out.accept(new LLMFrame.ResponseEnd(call ? FinishReason.TOOL_CALLS : FinishReason.STOP, Usage.NONE));
            return out.response();
        }

        @Override
        public int contextTokens() {
            return 4096;
        }

        @Override
        public String description() {
            return "parrot";
        }

        @Override
        public void close() {}
    }

    private InetSocketAddress serve(Map<String, String> settings) throws Exception {
        TestNode node = TestNode.builder()
                .settings(settings)
                .stateDir(state)
                .clock(Clock.systemUTC())
                .tools(Tool.annotated(house))
                .llm(new Parrot())
                .build();
        ListenerProvider provider =
                ServiceLoader.load(ListenerProvider.class).findFirst().orElseThrow();
        Binding binding = new Binding("wyoming", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Listener opened = provider.open(binding, node);
        listener = Optional.of(opened);
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), opened.address().getPort());
    }

    @AfterEach
    void close() {
        listener.ifPresent(Listener::close);
    }

    private static EventReader reader(InputStream in) {
        return new EventReader(in, new EventReader.Pace() {
            @Override
            public void eventBegins() {}

            @Override
            public void eventEnds() {}
        });
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final EventReader in;

        Client(InetSocketAddress address) throws IOException {
            socket = new Socket(address.getAddress(), address.getPort());
            in = reader(socket.getInputStream());
        }

        void send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        Event next() throws Exception {
            return in.next().orElseThrow(() -> new AssertionError("the connection ended"));
        }

        Event ask(String text) throws Exception {
            send(JsonObject.builder()
                            .put("type", "transcript")
                            .put("data", JsonObject.of("text", text))
                            .build() + "\n");
            return next();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void describesItselfAndAnswersPings() throws Exception {
        try (Client client = new Client(serve(Map.of("wyoming_languages", "en,de")))) {
            client.send("{\"type\":\"describe\",\"version\":\"1.7.2\"}\n");
            Event info = client.next();
            assertEquals("info", info.type());
            JsonObject program = info.data()
                    .array("handle")
                    .orElseThrow()
                    .objects()
                    .findFirst()
                    .orElseThrow();
            assertEquals(Optional.of(true), program.bool("installed"));
            assertEquals(
                    "[\"en\",\"de\"]",
                    program.array("models")
                            .orElseThrow()
                            .objects()
                            .findFirst()
                            .orElseThrow()
                            .array("languages")
                            .orElseThrow()
                            .toString());
            client.send("{\"type\":\"ping\",\"data\":{\"text\":\"x\"}}\n");
            assertEquals(new Event("pong", JsonObject.of("text", "x")), client.next());
        }
    }

    @Test
    void answersWithDataBehindTheHeaderAndSkipsPayloads() throws Exception {
        try (Client client = new Client(serve(Map.of()))) {
            client.send("{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000},\"payload_length\":7}\nab\nd\u0000\"{");
            byte[] data = "{\"text\":\"grüezi\"}".getBytes(StandardCharsets.UTF_8);
            client.send("{\"type\":\"transcript\",\"data\":{\"text\":\"old\"},\"data_length\":" + data.length + "}\n");
            client.send(data);
            Event handled = client.next();
            assertEquals("handled", handled.type());
            assertEquals(Optional.of("1: grüezi"), handled.data().string("text"));
            assertEquals(Optional.of("2: again"), client.ask("again").data().string("text"));
            assertEquals("not-handled", client.ask("  ").type());
            assertEquals("not-handled", client.ask("fail").type());
        }
    }

    @Test
    void aMistakeIsNotTakenForTheEndOfTheNode() throws Exception {
        try (Client client = new Client(serve(Map.of()))) {
            Event answer = client.ask("bug");
            assertEquals("not-handled", answer.type());
            assertEquals(
                    Optional.of("Something went wrong here; see the node's log."),
                    answer.data().string("text"));
            assertEquals("handled", client.ask("hi").type());
        }
    }

    @Test
    void aNamedConversationGoesOnOverAnotherConnection() throws Exception {
        InetSocketAddress address = serve(Map.of());
        String sentence = "{\"type\":\"transcript\",\"data\":{\"text\":\"hi\",\"language\":\"en\","
                + "\"context\":{\"conversation_id\":\"01J\",\"device_id\":\"d\"}}}\n";
        for (int i = 1; i <= 3; i++) {
            try (Client client = new Client(address)) {
                client.send(sentence);
                JsonObject data = client.next().data();
                assertEquals(Optional.of(i + ": hi"), data.string("text"));
                assertEquals(
                        Optional.of("01J"), data.object("context").orElseThrow().string("conversation_id"));
            }
        }
        try (Client other = new Client(address)) {
            assertEquals(Optional.of("1: hi"), other.ask("hi").data().string("text"));
        }
    }

    @Test
    void deniesWhatNobodyCanBeAskedAbout() throws Exception {
        try (Client client = new Client(serve(Map.of()))) {
            String said = client.ask("burn").data().string("text").orElse("");
            assertTrue(said.contains("nobody can be asked here"), said);
            assertFalse(house.burnt);
        }
        close();
        try (Client client = new Client(serve(Map.of("approval_mode", "allow")))) {
            client.ask("burn");
            assertTrue(house.burnt);
        }
    }

    @Test
    void garbageGetsAnErrorAndAnEnd() throws Exception {
        InetSocketAddress address = serve(Map.of());
        for (String garbage : new String[] {
            "GET / HTTP/1.1\r\n",
            "\n",
            "[]\n",
            "{}\n",
            "{\"type\":7}\n",
            "{\"type\":\"x\",\"payload_length\":-1}\n",
            "{\"type\":\"x\",\"payload_length\":1e12}\n",
            "{\"type\":\"x\",\"data_length\":0.5}\n",
            "{\"type\":\"x\",\"data_length\":2}\n[]",
            "x".repeat(EventReader.LONGEST_LINE + 1)
        }) {
            try (Client client = new Client(address)) {
                client.send(garbage);
                assertEquals("error", client.next().type(), garbage);
                assertTrue(client.in.next().isEmpty(), garbage);
            }
        }
    }

    @Test
    void whoSaysNothingOrHalfAnEventIsLetGo() throws Exception {
        InetSocketAddress address = serve(Map.of("wyoming_idle_timeout", "200ms"));
        try (Client silent = new Client(address);
                Client half = new Client(address)) {
            half.send("{\"type\":\"transcript\",\"data_length\":100}\n{");
            assertTrue(silent.in.next().isEmpty());
            assertTrue(half.in.next().isEmpty());
        }
    }

    @Test
    void whoSendsAnEventByteByByteIsLetGoToo() throws Exception {
        InetSocketAddress address = serve(Map.of("wyoming_idle_timeout", "300ms"));
        try (Client slow = new Client(address)) {
            slow.send("{\"type\":\"audio-chunk\",\"payload_length\":100000}\n");
            slow.socket.setSoTimeout(20);
            boolean ended = false;
            for (int sent = 0; !ended && sent < 1000; sent++) {
                try {
                    slow.send("x");
                    ended = slow.socket.getInputStream().read() < 0;
                } catch (SocketTimeoutException e) {
                    // It is still connected.
                } catch (SocketException e) {
                    // A byte that came too late was answered with a reset.
                    ended = true;
                }
            }
            assertTrue(ended);
        }
    }

    @Test
    void oneConnectionTooManyIsClosed() throws Exception {
        InetSocketAddress address = serve(Map.of("wyoming_max_connections", "1"));
        try (Client first = new Client(address)) {
            first.ask("hi");
            try (Client second = new Client(address)) {
                assertTrue(second.in.next().isEmpty());
            }
            assertEquals("handled", first.ask("still there").type());
        }
    }

    @Test
    void drainingEndsConnectionsThatAreIdle() throws Exception {
        try (Client client = new Client(serve(Map.of()))) {
            client.ask("hi");
            listener.orElseThrow().drain(Duration.ofSeconds(30));
            assertTrue(client.in.next().isEmpty());
        }
    }

    @Test
    void oddBytesNeverConfuseTheReader() throws Exception {
        byte[] whole =
                "{\"type\":\"transcript\",\"data\":{\"text\":\"a\"},\"data_length\":2,\"payload_length\":3}\n{}abc"
                        .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] odd = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                odd[random.nextInt(odd.length)] = (byte) random.nextInt(256);
            }
            EventReader reader = reader(new ByteArrayInputStream(odd, 0, random.nextInt(odd.length + 1)));
            try {
                while (reader.next().isPresent()) {
                    // What else there is follows.
                }
            } catch (IOException | EventReader.BadEventException e) {
                assertFalse(String.valueOf(e.getMessage()).isBlank());
            }
        }
        assertThrows(
                IOException.class,
                () -> reader(new ByteArrayInputStream(whole, 0, whole.length - 1))
                        .next());
    }
}
