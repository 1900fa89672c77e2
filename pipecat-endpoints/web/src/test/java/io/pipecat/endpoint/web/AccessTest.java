package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.setting.SettingsException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may call, and what a browser is told. */
@Timeout(60)
class AccessTest {
    private static final String KEY = "correct horse";

    @TempDir
    private Path state;

    private static String digest(String key) {
        return HexFormat.of().formatHex(Keys.sha256(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static int status(Face face, String verb, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                face.request(path).method(verb, HttpRequest.BodyPublishers.ofString(verb.equals("GET") ? "" : "{}"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return face.send(request).statusCode();
    }

    /** What is answered to a request that an HTTP client would not send. */
    private static String raw(Face face, String head) throws Exception {
        try (Socket socket = face.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void onLoopbackOnlyPagesOfOtherPlacesAreRefused() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            String own = "http://127.0.0.1:" + face.port();
            assertEquals(200, status(face, "GET", "/api/node"));
            assertEquals(201, status(face, "POST", "/api/conversations", "Origin", own));
            assertEquals(403, status(face, "POST", "/api/conversations", "Origin", "https://evil.example"));
            assertEquals(403, status(face, "GET", "/api/conversations", "Origin", "https://evil.example"));
            assertEquals(403, status(face, "POST", "/api/conversations", "Origin", "null"));
            assertEquals(403, status(face, "POST", "/api/conversations", "Sec-Fetch-Site", "cross-site"));
            assertEquals(403, status(face, "POST", "/api/logout", "Origin", "https://evil.example"));
        }
    }

    @Test
    void aNameThatIsNotThisMachinesIsRefused() throws Exception {
        try (Face face = new Face(state, Map.of("allowed_origins", "https://house.example"))) {
            assertTrue(raw(face, "GET /api/node HTTP/1.1\r\nHost: evil.example:" + face.port())
                    .startsWith("HTTP/1.1 403"));
            assertTrue(raw(face, "GET /api/node HTTP/1.1\r\nHost: localhost:" + face.port())
                    .startsWith("HTTP/1.1 200"));
            assertTrue(
                    raw(face, "GET /api/node HTTP/1.1\r\nHost: house.example").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void anAllowedOriginMayCallAndRead() throws Exception {
        try (Face face = new Face(state, Map.of("allowed_origins", "https://house.example"))) {
            HttpResponse<String> preflight = face.send(face.request("/api/conversations")
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .header("Origin", "https://house.example"));
            assertEquals(204, preflight.statusCode());
            assertEquals(
                    "https://house.example",
                    preflight
                            .headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .orElseThrow());
            HttpResponse<String> answer =
                    face.send(face.request("/api/conversations").header("Origin", "https://house.example"));
            assertEquals(200, answer.statusCode());
            assertEquals(
                    "https://house.example",
                    answer.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
            HttpResponse<String> other = face.send(face.request("/api/conversations")
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .header("Origin", "https://evil.example"));
            assertEquals(403, other.statusCode());
            assertTrue(other.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        }
    }

    @Test
    void withKeysOneIsNeeded() throws Exception {
        String keys = digest("an older one") + "," + digest(KEY).toUpperCase(java.util.Locale.ROOT);
        try (Face face = new Face(state, Map.of("pipecat_api_keys", keys))) {
            assertEquals(401, status(face, "GET", "/api/node"));
            assertEquals(401, status(face, "GET", "/api/node", "Authorization", "Bearer wrong"));
            assertEquals(401, status(face, "GET", "/api/node", "Authorization", "Bearer " + digest(KEY)));
            assertEquals(200, status(face, "GET", "/api/node", "Authorization", "Bearer " + KEY));
            assertEquals(200, status(face, "GET", "/api/node", "Authorization", "bearer an older one"));
            assertEquals(401, status(face, "POST", "/internal/chat/sync"));
            assertEquals(200, status(face, "GET", "/"));
            assertEquals(200, status(face, "GET", "/health"));
            assertEquals(
                    "{\"authenticated\":false,\"key_needed\":true}",
                    face.get("/api/session").body());
        }
    }

    @Test
    void aBrowserLogsInWithACookie() throws Exception {
        try (Face face = new Face(state, Map.of("pipecat_api_keys", digest(KEY)))) {
            assertEquals(401, face.post("/api/login", "{\"key\":\"wrong\"}").statusCode());
            HttpResponse<String> login = face.post("/api/login", "{\"key\":\"" + KEY + "\"}");
            assertEquals(204, login.statusCode());
            String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
            assertFalse(cookie.contains(KEY), cookie);
            String sent = cookie.substring(0, cookie.indexOf(';'));
            assertEquals(200, status(face, "GET", "/api/node", "Cookie", "a=b; " + sent));
            assertEquals(403, status(face, "GET", "/api/node", "Cookie", sent, "Origin", "https://evil.example"));
            assertEquals(204, status(face, "POST", "/api/logout", "Cookie", sent));
            assertEquals(401, status(face, "GET", "/api/node", "Cookie", sent));
        }
    }

    @Test
    void guessingKeysIsSlow() throws Exception {
        try (Face face = new Face(state, Map.of("pipecat_api_keys", digest(KEY)))) {
            for (int i = 0; i < 10; i++) {
                assertEquals(401, face.post("/api/login", "{\"key\":\"guess\"}").statusCode());
            }
            HttpResponse<String> answer = face.post("/api/login", "{\"key\":\"" + KEY + "\"}");
            assertEquals(429, answer.statusCode());
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        }
    }

    @Test
    void whatIsNoDigestIsRefusedAtStart() {
        SettingsException e = assertThrows(
                SettingsException.class, () -> new Face(state, Map.of("pipecat_api_keys", "a plain key")).close());
        assertTrue(e.getMessage().contains("sha256sum"), e.getMessage());
        assertFalse(e.getMessage().contains("a plain key"), e.getMessage());
    }

    @Test
    void callsAreLimited() throws Exception {
        try (Face face = new Face(state, Map.of("web_rate_limit", "2"))) {
            assertEquals(201, status(face, "POST", "/api/conversations"));
            assertEquals(201, status(face, "POST", "/api/conversations"));
            HttpResponse<String> third = face.post("/api/conversations", "{}");
            assertEquals(429, third.statusCode());
            assertTrue(
                    Integer.parseInt(third.headers().firstValue("Retry-After").orElseThrow()) > 0);
            assertEquals(200, status(face, "GET", "/api/conversations"));
        }
    }

    @Test
    void filesAreServedAndNothingElse() throws Exception {
        try (Face face = new Face(state, Map.of())) {
            HttpResponse<String> page = face.get("/");
            assertEquals(200, page.statusCode());
            assertEquals(
                    "nosniff",
                    page.headers().firstValue("X-Content-Type-Options").orElseThrow());
            String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
            String tag = page.headers().firstValue("ETag").orElseThrow();
            assertEquals(304, status(face, "GET", "/ui/index.html", "If-None-Match", tag));
            HttpResponse<String> zipped = face.send(face.request("/").header("Accept-Encoding", "gzip, br"));
            assertEquals("gzip", zipped.headers().firstValue("Content-Encoding").orElseThrow());
            for (String path : new String[] {
                "/ui/../WebEndpoint.class",
                "/ui/%2e%2e/WebEndpoint.class",
                "/ui/..%2fWebEndpoint.class",
                "/ui//etc/passwd",
                "/ui/",
                "/ui/index.html%00.js",
                "/ui/.hidden.js",
                "/ui/nothing.js",
                "/WebEndpoint.class"
            }) {
                String answer = raw(face, "GET " + path + " HTTP/1.1\r\nHost: localhost");
                assertTrue(answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"), path + answer);
            }
        }
    }
}
