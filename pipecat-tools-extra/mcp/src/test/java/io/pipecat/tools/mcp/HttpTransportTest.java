package io.pipecat.tools.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonString;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers over HTTP: the official one, and one that breaks the rules. */
class HttpTransportTest {
    private static final String TOOLS = "{\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]}";

    @TempDir
    Path folder;

    /** Answers the introduction and the list; what a call is answered is the test's. */
    private static final class Fake extends Dispatcher {
        final BlockingQueue<MockResponse> calls = new LinkedBlockingQueue<>();
        final BlockingQueue<RecordedRequest> seen = new LinkedBlockingQueue<>();

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String body = request.getBody() == null ? "" : request.getBody().utf8();
            seen.add(request);
            if (!request.getMethod().equals("POST")) {
                return new MockResponse.Builder().code(405).build();
            }
            String id = body.replaceFirst("(?s).*\"id\":([0-9]+).*", "$1");
            if (body.contains("\"initialize\"")) {
                return json(
                                id,
                                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{\"listChanged\":true}},"
                                        + "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}")
                        .newBuilder()
                        .setHeader("Mcp-Session-Id", "session-1")
                        .build();
            }
            if (body.contains("\"tools/list\"")) {
                return json(id, TOOLS);
            }
            if (body.contains("\"tools/call\"")) {
                MockResponse prepared = calls.poll();
                return prepared != null ? prepared : json(id, "{\"content\":[{\"type\":\"text\",\"text\":\"ok\"}]}");
            }
            return new MockResponse.Builder().code(202).build();
        }

        static MockResponse json(String id, String result) {
            return new MockResponse.Builder()
                    .setHeader("Content-Type", "application/json; charset=utf-8")
                    .body("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}")
                    .build();
        }

        private static String text(RecordedRequest request) {
            return request.getMethod()
                    + (request.getBody() == null ? "" : request.getBody().utf8());
        }

        RecordedRequest next(String words) throws InterruptedException {
            RecordedRequest request = seen.poll(30, TimeUnit.SECONDS);
            while (request != null && !text(request).contains(words)) {
                request = seen.poll(30, TimeUnit.SECONDS);
            }
            if (request == null) {
                throw new AssertionError("no request with " + words);
            }
            return request;
        }
    }

    private interface Body {
        void run(Fake fake, TestServers servers) throws Exception;
    }

    private void with(Map<String, String> settings, Body test) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            Fake fake = new Fake();
            server.setDispatcher(fake);
            server.start();
            var all = new java.util.HashMap<>(settings);
            all.put("mcp_servers", "fake=" + server.url("/mcp"));
            try (TestServers servers = new TestServers(folder, all)) {
                test.run(fake, servers);
            }
        }
    }

    @Test
    void everyRequestCarriesItsHeadersAndTheSessionIsEnded() throws Exception {
        Fake[] kept = new Fake[1];
        with(Map.of("mcp_tokens", "fake=k-1"), (fake, servers) -> {
            kept[0] = fake;
            assertEquals(new JsonString("ok"), servers.call("t", "{}"));
            RecordedRequest hello = fake.next("\"initialize\"");
            assertEquals("Bearer k-1", hello.getHeaders().get("Authorization"));
            assertEquals(
                    "application/json, text/event-stream", hello.getHeaders().get("Accept"));
            assertNull(hello.getHeaders().get("Mcp-Session-Id"));
            RecordedRequest call = fake.next("\"tools/call\"");
            assertEquals("session-1", call.getHeaders().get("Mcp-Session-Id"));
            assertEquals("2025-06-18", call.getHeaders().get("MCP-Protocol-Version"));
        });
        assertEquals("session-1", kept[0].next("DELETE").getHeaders().get("Mcp-Session-Id"));
    }

    @Test
    void aKeyThatTheServerRepeatsIsMasked() throws Exception {
        with(Map.of("mcp_tokens", "fake=k-12345"), (fake, servers) -> {
            servers.ready();
            fake.calls.add(new MockResponse.Builder()
                    .code(401)
                    .body("unknown key k-12345")
                    .build());
            ToolException e = assertThrows(ToolException.class, () -> servers.call("t", "{}"));
            assertTrue(e.getMessage().contains("unknown key ****"), e.getMessage());
            assertFalse(e.getMessage().contains("k-12345"), e.getMessage());
        });
    }

    @Test
    void aForgottenSessionIsOpenedAgain() throws Exception {
        with(Map.of(), (fake, servers) -> {
            servers.ready();
            fake.calls.add(new MockResponse.Builder().code(404).build());
            assertEquals(new JsonString("ok"), servers.call("t", "{}"));
        });
    }

    @Test
    void faultsAreSentences() throws Exception {
        with(Map.of(), (fake, servers) -> {
            servers.ready();
            fake.calls.add(
                    new MockResponse.Builder().code(401).body("who are you?").build());
            ToolException key = assertThrows(ToolException.class, () -> servers.call("t", "{}"));
            assertTrue(
                    key.getMessage().contains("HTTP 401; it wants a key: add fake=key to mcp_tokens"),
                    key.getMessage());
            fake.calls.add(new MockResponse.Builder()
                    .setHeader("Content-Type", "text/html")
                    .body("<p>")
                    .build());
            ToolException page = assertThrows(ToolException.class, () -> servers.call("t", "{}"));
            assertTrue(page.getMessage().contains("'text/html', neither JSON nor a stream"), page.getMessage());
            fake.calls.add(new MockResponse.Builder()
                    .setHeader("Content-Type", "text/event-stream")
                    .body(":\n\n")
                    .build());
            ToolException cut = assertThrows(ToolException.class, () -> servers.call("t", "{}"));
            assertEquals(Reason.UNCERTAIN, cut.reason(), cut::getMessage);
            fake.calls.add(new MockResponse.Builder()
                    .setHeader("Content-Type", "application/json")
                    .body("x".repeat(5 << 20))
                    .build());
            ToolException large = assertThrows(ToolException.class, () -> servers.call("t", "{}"));
            assertTrue(large.getMessage().contains("more than 4194304 bytes"), large.getMessage());
            fake.calls.add(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", "https://elsewhere.example/")
                    .build());
            ToolException moved = assertThrows(ToolException.class, () -> servers.call("t", "{}"));
            assertTrue(moved.getMessage().contains("https://elsewhere.example/"), moved.getMessage());
        });
    }

    @Test
    void interruptionReachesAServerThatDoesNotAnswer() throws Exception {
        with(Map.of(), (fake, servers) -> {
            servers.ready();
            fake.calls.add(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
            TestServers.Running running = servers.start("t", "{}", line -> {});
            fake.next("\"tools/call\"");
            running.thread().interrupt();
            running.thread().join();
            assertTrue(running.result().isCompletedExceptionally());
            fake.next("notifications/cancelled");
        });
    }

    @Test
    void oneThatIsNotThereIsASentence() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (TestServers servers =
                new TestServers(folder, Map.of("mcp_servers", "gone=http://127.0.0.1:" + port + "/mcp"))) {
            ToolException gone = assertThrows(ToolException.class, () -> servers.call("t", "{}"));
            assertEquals(Reason.UNAVAILABLE, gone.reason(), gone::getMessage);
            assertTrue(gone.getMessage().contains("cannot be reached"), gone.getMessage());
        }
    }

    @Test
    void theOfficialServerIsUnderstood() throws Exception {
        Path node = Parts.node();
        Path script = Parts.everything();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(node.toString(), script.toString(), "streamableHttp");
        builder.environment().put("PORT", String.valueOf(port));
        Process everything = builder.redirectErrorStream(true).start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(everything.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.contains("listening on port")) {
                line = out.readLine();
            }
            // Nobody reads on, so a full pipe could stop it; it writes a few lines for each request.
            try (TestServers servers =
                    new TestServers(folder, Map.of("mcp_servers", "web=http://127.0.0.1:" + port + "/mcp"))) {
                assertEquals(new JsonString("Echo: ä"), servers.call("echo", "{\"message\":\"ä\"}"));
                assertFalse(servers.tool().spec().method("echo").orElseThrow().sensitive());
                BlockingQueue<String> lines = new LinkedBlockingQueue<>();
                servers.call(
                        "trigger-long-running-operation",
                        "{\"duration\":0.1,\"steps\":2}",
                        TestServers.PATIENCE,
                        lines::add);
                assertEquals("1/2", lines.poll(30, TimeUnit.SECONDS));
            }
        } finally {
            everything.destroyForcibly();
        }
    }
}
