package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.testkit.RawServer;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway, and where it sends answers. */
@Timeout(60)
class GatewayTest {
    @TempDir
    private Path state;

    private static HttpResponse<String> ask(Face face, String url) throws Exception {
        return face.post(
                "/internal/chat",
                JsonObject.builder()
                        .put("text", "Hello")
                        .put("request_id", "r1")
                        .put("response_url", url)
                        .build()
                        .toString());
    }

    private Face face(String allowed, Callbacks.Resolver resolver) throws Exception {
        return new Face(state, Map.of("callback_allowlist", allowed), builder -> builder, resolver);
    }

    private static List<InetAddress> loopback(String host) {
        return List.of(InetAddress.getLoopbackAddress());
    }

    @Test
    void theAnswerIsPostedToAnAllowedAddress() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawServer server = new RawServer(peer -> {
                    heads.add(peer.readRequest());
                    peer.answer(200, "{}");
                });
                Face face = face("127.0.0.0/8", GatewayTest::loopback)) {
            HttpResponse<String> taken = ask(face, server.base() + "/answers?for=me");
            assertEquals(202, taken.statusCode(), taken.body());
            String head = heads.poll(30, TimeUnit.SECONDS);
            assertTrue(head != null && head.startsWith("POST /answers?for=me HTTP/1.1\r\n"), head);
            String body = JsonObject.builder()
                    .put("request_id", "r1")
                    .put("content", "Hello.")
                    .build()
                    .toString();
            assertTrue(head.contains("Content-Length: " + body.length() + "\r\n"), head);
        }
    }

    @Test
    void whatIsNotListedIsRefused() throws Exception {
        try (Face face = face("assistant.example:9000,10.0.0.0/8", GatewayTest::loopback)) {
            for (String url : List.of(
                    "http://evil.example/",
                    "http://assistant.example/",
                    "http://assistant.example:9001/",
                    "http://127.0.0.1:9000/",
                    "http://user@assistant.example:9000/",
                    "http://assistant.example.evil.example:9000/",
                    "file:///etc/passwd",
                    "http://[::1]:9000/",
                    "not a url")) {
                assertEquals(403, ask(face, url).statusCode(), url);
            }
            assertEquals(202, ask(face, "http://assistant.example:9000/x").statusCode());
        }
        try (Face face = new Face(state, Map.of())) {
            HttpResponse<String> refused = ask(face, "http://assistant.example/");
            assertEquals(403, refused.statusCode());
            assertTrue(Face.detail(refused).contains("callback_allowlist"), refused.body());
        }
    }

    @Test
    void aListedNameThatResolvesToAPrivateAddressGetsNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> peer.answer(200, "{}"))) {
            int port = server.base().getPort();
            Callbacks.Resolver resolver = host -> {
                asked.countDown();
                return List.of(InetAddress.getLoopbackAddress());
            };
            try (Face face = face("assistant.example:" + port, resolver)) {
                assertEquals(
                        202, ask(face, "http://assistant.example:" + port + "/").statusCode());
                assertTrue(asked.await(30, TimeUnit.SECONDS));
                // The next answer comes after the first was dealt with.
                assertEquals(
                        200,
                        face.post("/internal/chat/sync", "{\"text\":\"And?\"}").statusCode());
            }
            assertEquals(0, server.connections());
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        CountDownLatch redirected = new CountDownLatch(2);
        try (RawServer inside = new RawServer(peer -> peer.answer(200, "{}"));
                RawServer server = new RawServer(peer -> {
                    peer.readRequest();
                    peer.send("HTTP/1.1 307 X\r\nLocation: " + inside.base() + "\r\nContent-Length: 0\r\n\r\n");
                    redirected.countDown();
                });
                Face face = face("127.0.0.1", GatewayTest::loopback)) {
            assertEquals(202, ask(face, server.base() + "/").statusCode());
            assertTrue(redirected.await(30, TimeUnit.SECONDS));
            assertEquals(0, inside.connections());
        }
    }

    @Test
    void syncWaitsForTheAnswer() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            HttpResponse<String> answer = face.post("/internal/chat/sync", "{\"text\":\"Hello\"}");
            assertEquals(200, answer.statusCode());
            assertEquals("{\"response\":\"Hello.\"}", answer.body());
            assertEquals(422, face.post("/internal/chat/sync", "{}").statusCode());
            face.model.does((context, pen) -> new CountDownLatch(1).await());
            assertEquals(
                    504, face.post("/internal/chat/sync", "{\"text\":\"Slow\"}").statusCode());
        }
    }

    /** Such a file is left when a node dies, or its disk is full, between making it and writing its first line. */
    @Test
    void aFileInWhichNothingIsDoesNotStopTheGateway() throws Exception {
        Path folder = Files.createDirectory(state.resolve("conversations"));
        for (String torn : List.of("", "{\"type\":\"conversation\",\"for")) {
            Files.writeString(folder.resolve(Chats.GATEWAY + ".jsonl"), torn);
            try (Face face = new Face(state, Map.of())) {
                HttpResponse<String> answer = face.post("/internal/chat/sync", "{\"text\":\"Hello\"}");
                assertEquals(200, answer.statusCode(), answer.body());
            }
        }
    }

    @Test
    void anAlertIsPutBeforeTheModel() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            String alert = "{\"text\":\"The cellar is wet.\",\"priority\":\"high\"}";
            assertEquals(202, face.post("/internal/system_message", alert).statusCode());
            face.post("/internal/chat/sync", "{\"text\":\"What is new?\"}");
            String told = face.model.asked().getLast().messages().getLast().text();
            assertTrue(told.contains("[System alert] (priority high) The cellar is wet."), told);
            String tooLong = JsonObject.of("text", "x".repeat(2001)).toString();
            assertEquals(422, face.post("/internal/system_message", tooLong).statusCode());
        }
    }
}
