package io.pipecat.api.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpValuesTest {
    private static final RequestHandler OK = request -> Response.text(200, "ok");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health",
                "/run_tool/",
                "/run_tool/{id}",
                "/state/{path...}",
                "/a/{b}/c/{d}",
                "/v1/chat/completions",
                "/a.b/~c"
            })
    void paths(String path) {
        assertEquals(path, Route.of("GET", path, OK).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "health",
                "/{",
                "/{}",
                "/{a",
                "/a}",
                "/x{a}",
                "/{a}x",
                "/{a...}/b",
                "/{a}/{a}",
                "/{a}/{a...}",
                "/a?b",
                "/a#b",
                "/a b",
                "/{1a}"
            })
    void noPaths(String path) {
        var e = assertThrows(IllegalArgumentException.class, () -> Route.of("GET", path, OK));
        assertEquals(
                "a route's path starts with '/', and a level is text, a {name} of its own or, at the end, {name...}; not '"
                        + path + "'",
                e.getMessage());
    }

    @Test
    void routesHaveLimits() {
        Route route = Route.of("POST", "/a", OK);
        assertEquals(new Route("POST", "/a", false, 1 << 20, Duration.ofSeconds(60), "", OK), route);
        assertEquals(new Route("POST", "/a", true, 1 << 20, Duration.ofSeconds(60), "", OK), route.toEverybody());
        assertEquals(
                new Route("POST", "/a", true, 5, Duration.ZERO, "", OK),
                route.withMaxBody(5).withTimeout(Duration.ZERO).toEverybody());
        assertThrows(IllegalArgumentException.class, () -> route.withMaxBody(-1));
        assertThrows(IllegalArgumentException.class, () -> route.withTimeout(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> Route.of("get", "/a", OK));
        assertThrows(IllegalArgumentException.class, () -> Route.of("", "/a", OK));
    }

    private static String text(Response response) {
        return new String(
                assertInstanceOf(Response.Body.Bytes.class, response.body()).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void responses() {
        Response json = Response.json(201, JsonObject.of("a", JsonNumber.of(1)));
        assertEquals(201, json.status());
        assertEquals(Map.of("Content-Type", "application/json"), json.headers());
        assertEquals("{\"a\":1}", text(json));
        assertEquals("{\"detail\":\"no \\\"é\\\"\"}", text(Response.error(404, "no \"é\"")));
        assertEquals(
                Map.of("Content-Type", "text/plain; charset=utf-8"),
                Response.text(200, "x").headers());
        assertInstanceOf(
                Response.Body.Stream.class,
                Response.stream(200, "text/event-stream", out -> {}).body());
        byte[] bytes = {1, 2};
        var body = assertInstanceOf(
                Response.Body.Bytes.class,
                Response.bytes(200, "image/png", bytes).body());
        assertArrayEquals(bytes, body.bytes());
    }

    @Test
    void responsesOfTheSameBytesAreEqual() {
        assertEquals(Response.text(200, "a"), Response.text(200, "a"));
        assertEquals(Response.text(200, "a").hashCode(), Response.text(200, "a").hashCode());
        assertNotEquals(Response.text(200, "a"), Response.text(200, "b"));
    }

    @Test
    void aHeaderReplacesTheOneOfItsName() {
        Response response = Response.text(200, "a").withHeader("X-A", "1").withHeader("content-type", "text/html");
        assertEquals(Map.of("X-A", "1", "content-type", "text/html"), response.headers());
        Map<String, String> headers = new LinkedHashMap<>();
        Response copied = new Response(200, headers, response.body());
        headers.put("X-B", "2");
        assertEquals(Map.of(), copied.headers());
    }

    @Test
    void whatCannotBeSentIsRefused() {
        Response response = Response.text(200, "a");
        for (int status : new int[] {0, 100, 199, 600}) {
            assertThrows(IllegalArgumentException.class, () -> Response.text(status, "a"));
        }
        for (String name : new String[] {"", "A B", "A:", "A\r\nB", "é"}) {
            assertThrows(IllegalArgumentException.class, () -> response.withHeader(name, "v"), name);
        }
        var e = assertThrows(
                IllegalArgumentException.class, () -> response.withHeader("Location", "/a\r\nSet-Cookie: b"));
        assertEquals(
                "not a header that can be sent: \"Location\" with the value \"/a\\r\\nSet-Cookie: b\"", e.getMessage());
        assertEquals("a\tb", response.withHeader("X-A", "a\tb").headers().get("X-A"));
    }
}
