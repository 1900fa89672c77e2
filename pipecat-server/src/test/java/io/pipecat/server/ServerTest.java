package io.pipecat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.http.Binding;
import io.pipecat.api.http.ListenException;
import io.pipecat.api.http.RequestHandler;
import io.pipecat.api.http.Response;
import io.pipecat.api.http.Route;
import io.pipecat.testkit.node.TestNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests and answers over real sockets. */
class ServerTest {
    private static final Route ECHO = Route.of(
                    "POST", "/echo/", request -> Response.bytes(200, "text/plain", request.readBody()))
            .withMaxBody(1000);
    private static final Route HELLO = Route.of(
            "GET",
            "/hello/{name}",
            request -> Response.text(
                    200,
                    request.pathParameter("name") + " " + request.query("q").orElse("-") + " " + request.principal()));

    @Test
    void routesByPathAndVerb() throws Exception {
        try (TestServer server = new TestServer(Map.of(), ECHO, HELLO)) {
            HttpResponse<String> answer = server.get("/hello/you?q=a+b%26&q=2");
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().startsWith("you a b& key-"), answer.body());
            assertEquals(
                    TestNode.INSTANCE,
                    answer.headers().firstValue("X-Pipecat-Instance").orElse(""));
            for (String spelling : List.of("/echo", "/echo/")) {
                HttpRequest post = server.request(spelling)
                        .POST(HttpRequest.BodyPublishers.ofString("abc"))
                        .build();
                assertEquals("abc", server.send(post).body());
            }
            HttpResponse<String> unknown = server.get("/nope");
            assertEquals(404, unknown.statusCode());
            assertEquals("{\"detail\":\"Not Found\"}", unknown.body());
            HttpResponse<String> verb = server.get("/echo/");
            assertEquals(405, verb.statusCode());
            assertEquals("{\"detail\":\"Method Not Allowed\"}", verb.body());
            assertEquals("POST", verb.headers().firstValue("Allow").orElse(""));
            HttpRequest post = server.request("/health")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertEquals(
                    "GET, HEAD", server.send(post).headers().firstValue("Allow").orElse(""));
        }
    }

    @Test
    void headIsGetWithoutItsBody() throws Exception {
        try (TestServer server = new TestServer(Map.of())) {
            HttpResponse<String> head =
                    server.send(server.request("/health").HEAD().build());
            assertEquals(200, head.statusCode());
            assertEquals("15", head.headers().firstValue("Content-Length").orElse(""));
            assertEquals("", head.body());
            assertEquals("{\"status\":\"ok\"}", server.get("/health").body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | 401 | Authorization header is missing.",
                "Authorization:            | 401 | Authorization header is missing.",
                "Authorization: Bearer     | 401 | Invalid authorization header format.",
                "Authorization: Bearer a b | 401 | Invalid authorization header format.",
                "Authorization: Basic k1   | 403 | Invalid credentials.",
                "Authorization: Bearer k   | 403 | Invalid credentials.",
                "Authorization: Bearer kü  | 403 | Invalid credentials.",
                "authorization: bEARER k1  | 400 | ",
                "Authorization: Bearer schlüssel | 400 | ",
            })
    void whoMayCallIsDecidedBeforeTheBodyIsRead(String header, int status, String detail) throws Exception {
        Route route = Route.of("POST", "/echo/", request -> Response.error(400, "came through"));
        try (TestServer server = new TestServer(Map.of(), route)) {
            byte[] utf8 = (header.isEmpty() ? "" : header + "\r\n").getBytes(StandardCharsets.UTF_8);
            String answer = server.raw("POST /echo/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + new String(utf8, StandardCharsets.ISO_8859_1) + "Content-Length: 0\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertTrue(answer.endsWith(detail == null ? "came through\"}" : "{\"detail\":\"" + detail + "\"}"), answer);
        }
    }

    @Test
    void aLargeBodyIsRefusedBeforeItIsSent() throws Exception {
        try (TestServer server = new TestServer(Map.of(), ECHO);
                Socket socket = server.connect()) {
            String headers = String.join(
                    "\r\n",
                    "POST /echo/ HTTP/1.1",
                    "Host: x",
                    "Authorization: Bearer k1",
                    "Content-Length: 104857600",
                    "",
                    "");
            socket.getOutputStream().write(headers.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 413", new String(start, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aLargeBodyOfUnknownLengthIsRefusedWhereItGoesTooFar() throws Exception {
        try (TestServer server = new TestServer(Map.of(), ECHO)) {
            String answer =
                    server.raw("POST /echo/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k1\r\nConnection: close\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2000) + "\r\n0\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertTrue(answer.contains("1000 bytes"), answer);
        }
    }

    @Test
    void aFailureTellsThePeerOnlyWhereToLook() throws Exception {
        Route bug = Route.of("GET", "/bug", request -> {
            throw new IllegalStateException("secret inner workings");
        });
        Route deep = Route.of("GET", "/deep", request -> Response.text(200, "" + endless(1)));
        Route memory = Route.of("GET", "/memory", request -> {
            throw new OutOfMemoryError("for the test");
        });
        try (TestServer server = new TestServer(Map.of(), bug, deep, memory)) {
            for (String path : List.of("/bug", "/deep", "/memory")) {
                HttpResponse<String> answer = server.get(path);
                assertEquals(500, answer.statusCode());
                assertTrue(
                        answer.body().matches("\\{\"detail\":\"Internal error, see the node's log \\(id \\d+\\)\\.\"}"),
                        answer.body());
            }
            assertEquals(200, server.get("/health").statusCode());
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is what is tried
    private static int endless(int n) {
        return endless(n + 1) + 1;
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean stop = new AtomicBoolean();
        Route polite = Route.of("GET", "/polite", request -> {
                    try {
                        never.await();
                        return Response.text(200, "late");
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                })
                .withTimeout(Duration.ofMillis(200));
        Route deaf = Route.of("GET", "/deaf", request -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                    return Response.text(200, "late");
                })
                .withTimeout(Duration.ofMillis(200));
        try (TestServer server = new TestServer(Map.of(), polite, deaf)) {
            assertEquals(504, server.get("/polite").statusCode());
            assertTrue(interrupted.await(10, TimeUnit.SECONDS));
            assertEquals(504, server.get("/deaf").statusCode());
            stop.set(true);
            assertEquals(200, server.get("/health").statusCode());
        }
    }

    @Test
    void streamsAreSentAsTheyComeAndEndWhenThePeerGoes() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        CompletableFuture<Exception> end = new CompletableFuture<>();
        Route events = Route.of(
                        "GET",
                        "/events",
                        request -> Response.stream(200, "text/event-stream", out -> {
                            try {
                                out.write("first\n".getBytes(StandardCharsets.US_ASCII));
                                out.flush();
                                more.await();
                                for (int i = 0; i < 100_000_000; i++) {
                                    out.write("again\n".getBytes(StandardCharsets.US_ASCII));
                                    out.flush();
                                }
                                end.complete(new IllegalStateException("nobody listened"));
                            } catch (IOException e) {
                                end.complete(e);
                                throw e;
                            }
                        }))
                .withTimeout(Duration.ZERO);
        try (TestServer server = new TestServer(Map.of(), events)) {
            HttpRequest request = server.request("/events").build();
            HttpResponse<InputStream> answer =
                    java.net.http.HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                assertEquals("first\n", new String(in.readNBytes(6), StandardCharsets.US_ASCII));
            }
            more.countDown();
            assertTrue(end.get(30, TimeUnit.SECONDS) instanceof IOException);
        }
    }

    @Test
    void aBrokenStreamHasNoEnd() throws Exception {
        Route broken = Route.of(
                "GET",
                "/broken",
                request -> Response.stream(200, "text/plain", out -> {
                    out.write("half".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    throw new IllegalStateException("for the test");
                }));
        try (TestServer server = new TestServer(Map.of(), broken)) {
            String answer = server.raw("GET /broken HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k1\r\n\r\n");
            assertTrue(answer.contains("half"), answer);
            assertFalse(answer.endsWith("0\r\n\r\n"), answer);
        }
    }

    @Test
    void drainsGracefully() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Route slow = Route.of("GET", "/slow", request -> {
            inside.countDown();
            goOn.await();
            return Response.text(200, "done");
        });
        try (TestServer server = new TestServer(Map.of(), slow, HELLO)) {
            var answer = CompletableFuture.supplyAsync(() -> quietly(server, "/slow"));
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            Thread drain = Thread.ofVirtual().start(() -> drain(server, Duration.ofSeconds(30)));
            HttpResponse<String> health = server.get("/health");
            while (health.statusCode() == 200) {
                health = server.get("/health");
            }
            assertEquals("{\"status\":\"draining\"}", health.body());
            HttpResponse<String> refused = server.get("/hello/you");
            assertEquals(503, refused.statusCode());
            assertEquals("close", refused.headers().firstValue("Connection").orElse(""));
            goOn.countDown();
            assertEquals("done", answer.get(10, TimeUnit.SECONDS).body());
            drain.join();
        }
    }

    @Test
    void whatDoesNotEndWhileDrainingIsInterrupted() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Route stuck = Route.of("GET", "/stuck", request -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return Response.text(200, "never");
        });
        try (TestServer server = new TestServer(Map.of(), stuck)) {
            var answer = CompletableFuture.supplyAsync(() -> quietly(server, "/stuck"));
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            server.listener.drain(Duration.ofMillis(50));
            assertEquals(503, answer.get(10, TimeUnit.SECONDS).statusCode());
        }
    }

    private static HttpResponse<String> quietly(TestServer server, String path) {
        try {
            return server.get(path);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void drain(TestServer server, Duration deadline) {
        try {
            server.listener.drain(deadline);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void answersForAHandlerThatAskedForItAndDoesNotReturn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Route stuck = Route.of("GET", "/stuck", request -> {
                    assertTrue(request.answerWithin(
                            Duration.ofMillis(50), () -> Response.text(504, "in the tool's words")));
                    goOn.await();
                    return Response.text(200, "too late");
                })
                .withTimeout(Duration.ZERO);
        Route prompt = Route.of("GET", "/prompt", request -> {
            assertTrue(request.answerWithin(Duration.ofMinutes(1), () -> Response.text(504, "late")));
            return Response.text(200, "in time");
        });
        try (TestServer server = new TestServer(Map.of(), stuck, prompt)) {
            HttpResponse<String> answer = server.get("/stuck");
            assertEquals(504, answer.statusCode());
            assertEquals("in the tool's words", answer.body());
            goOn.countDown();
            assertEquals("in time", server.get("/prompt").body());
        }
    }

    @Test
    void aHandlerThatReturnsAtLastDoesNotCutOffTheAnswerInItsPlace() throws Exception {
        byte[] large = new byte[32 << 20];
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        Route late = Route.of("GET", "/late", request -> {
                    request.answerWithin(Duration.ZERO, () -> {
                        goOn.countDown();
                        return Response.bytes(200, "text/plain", large);
                    });
                    goOn.await();
                    returned.countDown();
                    return Response.text(200, "too late");
                })
                .withTimeout(Duration.ZERO);
        try (TestServer server = new TestServer(Map.of(), late);
                Socket socket = server.connect()) {
            String request = "GET /late HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k1\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertTrue(returned.await(10, TimeUnit.SECONDS));
            assertTrue(TestServer.rest(socket.getInputStream()).length() > large.length);
        }
    }

    @Test
    void answersOnlySoManyAtOnceButAlwaysHealthAndWhatEndsThem() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Route slow = Route.of("GET", "/slow", request -> {
            inside.countDown();
            goOn.await();
            return Response.text(200, "done");
        });
        Route end = Route.of("GET", "/end", RequestHandler.always(request -> {
            goOn.countDown();
            return Response.text(200, "ended");
        }));
        try (TestServer server = new TestServer(Map.of("server_max_concurrent", "1"), slow, HELLO, end)) {
            var answer = CompletableFuture.supplyAsync(() -> quietly(server, "/slow"));
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            HttpResponse<String> refused = server.get("/hello/you");
            assertEquals(503, refused.statusCode());
            assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
            assertEquals(200, server.get("/health").statusCode());
            assertEquals("ended", server.get("/end").body());
            assertEquals(200, answer.get(10, TimeUnit.SECONDS).statusCode());
        }
    }

    @Test
    void aThousandIdleConnectionsAndSlowHeadersDisturbNobody() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try (TestServer server = new TestServer(Map.of(), HELLO)) {
            for (int i = 0; i < 1000; i++) {
                Socket socket = server.connect();
                idle.add(socket);
                if (i % 2 == 0) {
                    OutputStream out = socket.getOutputStream();
                    out.write("GET /health HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                }
            }
            assertEquals(200, server.get("/hello/you").statusCode());
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void metricsAreOpenOnLoopbackOnly() throws Exception {
        try (TestServer server = new TestServer(Map.of(), HELLO)) {
            assertEquals(200, server.get("/hello/you").statusCode());
            String open = server.raw("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(open.contains("text/plain; version=0.0.4"), open);
            assertTrue(
                    open.contains(
                            "pipecat_http_requests_total{method=GET, route=/hello/{name}, service=test, status=200} 1"),
                    open);
        }
        try (TestServer server = new TestServer("0.0.0.0", Map.of())) {
            String closed = server.raw("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(closed.startsWith("HTTP/1.1 401"), closed);
            assertEquals(200, server.get("/metrics").statusCode());
        }
    }

    @Test
    void saysWhyItCannotListen() throws Exception {
        try (TestServer server = new TestServer(Map.of())) {
            Binding taken = new Binding("test", new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            String message = assertThrows(
                            ListenException.class,
                            () -> new JdkServerProvider().open(taken, new TestEndpoint(), server.node))
                    .getMessage();
            assertTrue(message.contains("port " + server.port()) && message.contains("in use"), message);
        }
    }
}
