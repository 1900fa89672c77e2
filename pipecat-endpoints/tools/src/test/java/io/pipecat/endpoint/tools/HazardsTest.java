package io.pipecat.endpoint.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools and callers that misbehave: nobody else notices. */
class HazardsTest {
    private static final String CALL = ToolServer.body("calculator", "add", "{\"a\":2,\"b\":3}");

    @ParameterizedTest
    @CsvSource({
        "deep, StackOverflowError",
        "memory, OutOfMemoryError",
        "unserialisable, cannot be told as JSON",
        "cycle, contains itself",
        "gigabytes, tool_server_result_limit",
        "nan, NaN"
    })
    void aToolThatBreaksIsAnErrorWithASentence(String method, String words) throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpResponse<String> answer = server.call("calculator", method, "{}");
            assertEquals(500, answer.statusCode());
            assertTrue(answer.body().startsWith("{\"detail\":\"Error executing tool: "), answer.body());
            assertTrue(answer.body().contains(words), answer.body());
            assertFalse(answer.body().contains("\\tat "), answer.body());
            assertEquals(200, server.call(CALL).statusCode());
        }
    }

    @Test
    void healthIsToldWhileAHundredSlowToolsRun() throws Exception {
        Tools.Slow slow = new Tools.Slow(100);
        try (ToolServer server =
                new ToolServer(Map.of("tool_server_concurrency", "100"), slow, new Tools.Calculator())) {
            List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                running.add(server.start(
                        server.post(ToolServer.body("slow", "await", "{}")).build()));
            }
            assertTrue(slow.inside.await(30, TimeUnit.SECONDS));
            assertEquals(200, server.get("/health").statusCode());
            assertEquals(200, server.call(CALL).statusCode());
            HttpResponse<String> oneMore = server.call("slow", "await", "{}");
            assertEquals(503, oneMore.statusCode());
            assertTrue(oneMore.body().contains("Nothing was run"), oneMore.body());
            slow.goOn.countDown();
            for (CompletableFuture<HttpResponse<String>> each : running) {
                assertEquals(
                        "{\"result\":\"done\"}", each.get(30, TimeUnit.SECONDS).body());
            }
        }
    }

    @Test
    void toolsThatHearNobodyAreAnsweredForAndStarveOnlyThemselves() throws Exception {
        Tools.Slow slow = new Tools.Slow(3);
        Map<String, String> settings = Map.of("tool_timeout", "300ms", "tool_server_concurrency", "3");
        try (ToolServer server = new ToolServer(settings, slow, new Tools.Calculator())) {
            List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(server.start(
                        server.post(ToolServer.body("slow", "spin", "{}")).build()));
            }
            for (CompletableFuture<HttpResponse<String>> each : running) {
                HttpResponse<String> answer = each.get(30, TimeUnit.SECONDS);
                assertEquals(504, answer.statusCode());
                assertTrue(answer.body().contains("did not finish within 300 ms"), answer.body());
            }
            assertEquals(3, server.node.metrics().shown("pipecat_served_calls_overdue", Map.of()));
            assertEquals(503, server.call("slow", "spin", "{}").statusCode());
            assertEquals(200, server.call(CALL).statusCode());
            slow.stop = true;
            assertTrue(slow.ended.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aMethodThatWasQuickRunsOnTheThreadOfItsRequest() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Slow(1))) {
            assertEquals(
                    "{\"result\":false}", server.call("slow", "virtual", "{}").body());
            boolean spare = Runtime.getRuntime().availableProcessors() > 1;
            assertEquals(
                    "{\"result\":" + spare + "}",
                    server.call("slow", "virtual", "{}").body());
        }
    }

    @Test
    void aMethodThatWasQuickAndTurnsEndlessDoesNotTakeTheNodeAlong() throws Exception {
        int many = Runtime.getRuntime().availableProcessors() + 2;
        Tools.Slow slow = new Tools.Slow(many);
        Map<String, String> settings = Map.of("tool_timeout", "300ms");
        try (ToolServer server = new ToolServer(settings, slow, new Tools.Calculator())) {
            assertEquals(200, server.call("slow", "moody", "{\"quick\":true}").statusCode());
            List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                running.add(server.start(server.post(ToolServer.body("slow", "moody", "{\"quick\":false}"))
                        .build()));
            }
            assertTrue(slow.inside.await(30, TimeUnit.SECONDS));
            assertEquals(200, server.get("/health").statusCode());
            for (CompletableFuture<HttpResponse<String>> each : running) {
                HttpResponse<String> answer = each.get(30, TimeUnit.SECONDS);
                assertEquals(504, answer.statusCode());
                assertTrue(answer.body().contains("did not finish within 300 ms"), answer.body());
            }
            assertEquals(many, server.node.metrics().shown("pipecat_served_calls_overdue", Map.of()));
            assertEquals(200, server.call(CALL).statusCode());
            slow.stop = true;
            assertTrue(slow.ended.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCallIsCancelledByItsId() throws Exception {
        Tools.Slow slow = new Tools.Slow(1);
        try (ToolServer server = new ToolServer(Map.of(), slow)) {
            HttpRequest call = server.post(ToolServer.body("slow", "await", "{}"))
                    .header("X-Call-Id", "call-1")
                    .build();
            CompletableFuture<HttpResponse<String>> running = server.start(call);
            assertTrue(slow.inside.await(10, TimeUnit.SECONDS));
            assertEquals(409, server.send(call).statusCode());
            HttpRequest cancel = server.request("/run_tool/call-1").DELETE().build();
            assertEquals(200, server.send(cancel).statusCode());
            assertTrue(slow.ended.await(10, TimeUnit.SECONDS));
            HttpResponse<String> answer = running.get(10, TimeUnit.SECONDS);
            assertEquals(409, answer.statusCode());
            assertTrue(answer.body().contains("was cancelled"), answer.body());
            assertEquals(404, server.send(cancel).statusCode());
        }
    }

    @Test
    void aCancellationMayOvertakeItsCall() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator())) {
            HttpRequest cancel = server.request("/run_tool/early").DELETE().build();
            assertEquals(404, server.send(cancel).statusCode());
            HttpRequest call = server.post(CALL).header("X-Call-Id", "early").build();
            assertEquals(409, server.send(call).statusCode());
            assertEquals(200, server.send(call).statusCode());
            HttpRequest odd = server.post(CALL).header("X-Call-Id", "a b").build();
            assertEquals(422, server.send(odd).statusCode());
        }
    }

    @Test
    void drainingInterruptsWhatDoesNotEnd() throws Exception {
        Tools.Slow slow = new Tools.Slow(1);
        try (ToolServer server = new ToolServer(Map.of(), slow)) {
            var running = server.start(
                    server.post(ToolServer.body("slow", "await", "{}")).build());
            assertTrue(slow.inside.await(10, TimeUnit.SECONDS));
            server.drain(Duration.ofMillis(50));
            assertTrue(slow.ended.await(10, TimeUnit.SECONDS));
            HttpResponse<String> answer = running.get(10, TimeUnit.SECONDS);
            // A 503 would be taken for a call that never ran, and made again elsewhere.
            assertEquals(500, answer.statusCode());
            assertTrue(answer.body().contains("shutting down; what it did until then stays done"), answer.body());
        }
    }

    @Test
    void aCallIsCancelledAlsoWhileTheNodeDrains() throws Exception {
        Tools.Slow slow = new Tools.Slow(1);
        try (ToolServer server = new ToolServer(Map.of(), slow)) {
            var running = server.start(server.post(ToolServer.body("slow", "await", "{}"))
                    .header("X-Call-Id", "last")
                    .build());
            assertTrue(slow.inside.await(10, TimeUnit.SECONDS));
            CompletableFuture<Void> drained = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    server.drain(Duration.ofMinutes(5));
                    drained.complete(null);
                } catch (InterruptedException e) {
                    drained.completeExceptionally(e);
                }
            });
            while (server.get("/health").statusCode() == 200) {
                Thread.onSpinWait();
            }
            HttpRequest cancel = server.request("/run_tool/last").DELETE().build();
            assertEquals(200, server.send(cancel).statusCode());
            assertEquals(409, running.get(10, TimeUnit.SECONDS).statusCode());
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aQuickCallThatHearsNobodyIsAnsweredForWhenItIsCancelled() throws Exception {
        Tools.Slow slow = new Tools.Slow(1);
        try (ToolServer server = new ToolServer(Map.of("tool_timeout", "10m"), slow)) {
            assertEquals(200, server.call("slow", "moody", "{\"quick\":true}").statusCode());
            var running = server.start(server.post(ToolServer.body("slow", "moody", "{\"quick\":false}"))
                    .header("X-Call-Id", "deaf")
                    .build());
            assertTrue(slow.inside.await(10, TimeUnit.SECONDS));
            HttpRequest cancel = server.request("/run_tool/deaf").DELETE().build();
            assertEquals(200, server.send(cancel).statusCode());
            HttpResponse<String> answer = running.get(10, TimeUnit.SECONDS);
            assertEquals(409, answer.statusCode());
            assertTrue(answer.body().contains("was cancelled"), answer.body());
            slow.stop = true;
            assertTrue(slow.ended.await(10, TimeUnit.SECONDS));
        }
    }

    private static final class Hand extends Clock {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

        void forward(Duration time) {
            now.updateAndGet(instant -> instant.plus(time));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void callsAreLimitedForEachKeyAfterItWasChecked() throws Exception {
        Hand clock = new Hand();
        try (ToolServer server = new ToolServer(clock, Map.of("tool_server_rate_limit", "2"), new Tools.Calculator())) {
            assertEquals(200, server.call(CALL).statusCode());
            HttpRequest wrong = HttpRequest.newBuilder(
                            server.request("/run_tool/").build().uri())
                    .header("Authorization", "Bearer wrong")
                    .POST(HttpRequest.BodyPublishers.ofString(CALL))
                    .build();
            assertEquals(403, server.send(wrong).statusCode());
            clock.forward(Duration.ofSeconds(18));
            assertEquals(422, server.call("no json").statusCode());
            HttpResponse<String> limited = server.call(CALL);
            assertEquals(429, limited.statusCode());
            assertEquals("{\"detail\":\"Rate limit exceeded. Try again in 42 seconds.\"}", limited.body());
            assertEquals("42", limited.headers().firstValue("Retry-After").orElse(""));
            assertEquals(200, server.get("/tools/").statusCode());
            HttpRequest otherKey = HttpRequest.newBuilder(
                            server.request("/run_tool/").build().uri())
                    .header("Authorization", "Bearer next")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(CALL))
                    .build();
            assertEquals(200, server.send(otherKey).statusCode());
            clock.forward(Duration.ofSeconds(42));
            assertEquals(200, server.call(CALL).statusCode());
        }
    }

    @Test
    void ahundredMegabytesAreRefusedEarly() throws Exception {
        try (ToolServer server = new ToolServer(Map.of(), new Tools.Calculator());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            String headers = String.join(
                    "\r\n",
                    "POST /run_tool/ HTTP/1.1",
                    "Host: x",
                    "Authorization: Bearer testkey",
                    "Content-Type: application/json",
                    "Content-Length: 104857600",
                    "",
                    "");
            socket.getOutputStream().write(headers.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[1 << 20]);
            String start = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 413", start);
        }
    }

    @Test
    void whatComesDropByDropHoldsUpNobodyAndNothingIsLeftBehind() throws Exception {
        Tools.Slow slow = new Tools.Slow(2);
        ToolServer server = new ToolServer(Map.of("tool_timeout", "300ms"), slow, new Tools.Calculator());
        try (server;
                Socket dripping = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            dripping.setSoTimeout(30_000);
            String half = String.join(
                    "\r\n",
                    "POST /run_tool/ HTTP/1.1",
                    "Host: x",
                    "Authorization: Bearer testkey",
                    "Content-Type: application/json",
                    "Content-Length: " + CALL.length(),
                    "",
                    CALL.substring(0, 10));
            dripping.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            HttpRequest late =
                    server.post(ToolServer.body("slow", "await", "{}")).build();
            HttpRequest unwanted = server.post(ToolServer.body("slow", "await", "{}"))
                    .header("X-Call-Id", "unwanted")
                    .build();
            var running = List.of(server.start(late), server.start(unwanted));
            assertTrue(slow.inside.await(10, TimeUnit.SECONDS));
            server.send(server.request("/run_tool/unwanted").DELETE().build());
            for (var each : running) {
                assertTrue(each.get(30, TimeUnit.SECONDS).statusCode() > 400);
            }
            assertEquals(500, server.call("calculator", "memory", "{}").statusCode());
            assertEquals(200, server.call(CALL).statusCode());
        }
        awaitNoThreadOf("served-tool", "tools-deadlines");
    }

    private static void awaitNoThreadOf(String... names) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        List<String> left = threads(names);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            left = threads(names);
        }
        assertEquals(List.of(), left);
    }

    private static List<String> threads(String... names) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(thread -> Stream.of(names).anyMatch(thread::startsWith))
                .toList();
    }
}
