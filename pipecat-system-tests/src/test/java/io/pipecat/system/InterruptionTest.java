package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C: in a chat it interrupts the answer and not the program, elsewhere it ends the program and says so. */
class InterruptionTest {
    @TempDir
    private Path folder;

    private final MockWebServer server = new MockWebServer();
    private Pipecat pipecat;

    @BeforeEach
    void start() throws Exception {
        server.start();
        pipecat = new Pipecat(folder)
                .with("LLAMA_API_URL_OVERRIDE", server.url("/v1").toString())
                .with("LLM_MODEL", "slow")
                .with("TERM", "xterm");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String word(String text) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    /** Begins its first answer and never ends it; gives the second at once. */
    private static final class SlowModel implements AutoCloseable {
        final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private final HttpServer http;

        SlowModel() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.setExecutor(task -> Thread.ofVirtual().start(task));
            http.createContext("/v1/chat/completions", this::answer);
            http.start();
        }

        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1";
        }

        private void answer(HttpExchange exchange) throws IOException {
            boolean first = requests.isEmpty();
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            String words = first ? word("beginning ") : word("second answer") + "data: [DONE]\n\n";
            out.write(words.getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (first) {
                awaitEnd();
            }
            exchange.close();
        }

        private void awaitEnd() {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            over.countDown();
            http.stop(0);
        }
    }

    @Test
    void chatGoesOnAfterAnInterruptedAnswer() throws Exception {
        RequiredPart.of("expect", "Debian package expect").orSkip();
        try (SlowModel model = new SlowModel()) {
            pipecat.with("LLAMA_API_URL_OVERRIDE", model.url());
            interruptAndGoOn(model);
        }
    }

    private void interruptAndGoOn(SlowModel model) throws Exception {
        Path script = Files.writeString(folder.resolve("chat.exp"), """
                set timeout 60
                set stty_init "rows 24 columns 80"
                spawn %s chat
                expect "> "
                send "first question\\r"
                expect "beginning"
                send "\\003"
                expect "(interrupted)"
                expect "> "
                send "second question\\r"
                expect "second answer"
                expect "> "
                send "\\004"
                expect eof
                lassign [wait] pid spawnid oserror code
                exit $code
                """.formatted(Pipecat.ROOT.resolve("pipecat")));
        ProcessBuilder expect = pipecat.command().command("expect", "-f", script.toString());
        Process process = expect.redirectErrorStream(true).start();
        var screen = Pipecat.read(process.getInputStream());
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("the chat did not end: " + screen.join());
        }
        assertEquals(0, process.exitValue(), screen.join());
        assertFalse(screen.join().contains("Exception"), screen.join());
        assertTrue(screen.join().contains("second answer"), screen.join());
        model.requests.take();
        String secondRequest = model.requests.take();
        assertTrue(secondRequest.contains("first question"), "nothing of the conversation is lost: " + secondRequest);
        assertTrue(secondRequest.contains("beginning"), "what was said is kept: " + secondRequest);
    }

    @Test
    void interruptedQuestionEndsWith130() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        Process process = pipecat.command("ask", "Hello").start();
        try {
            var err = Pipecat.read(process.getErrorStream());
            server.takeRequest();
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGINT did not end it");
            assertEquals(130, process.exitValue());
            assertFalse(err.join().contains("\tat "), err.join());
        } finally {
            process.destroyForcibly();
        }
    }
}
