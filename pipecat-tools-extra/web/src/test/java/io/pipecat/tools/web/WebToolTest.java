package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.tool.ToolContext;
import io.pipecat.api.tool.ToolException;
import io.pipecat.testkit.node.TestSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebToolTest {
    private static final ToolContext CONTEXT = new ToolContext("test", Instant.MAX, line -> {});

    private final MockWebServer server = new MockWebServer();
    private final FakeNetwork network = new FakeNetwork();
    private final TestSettings settings = new TestSettings(DeploymentMode.MONOLITH, Map.of());
    private final WebTool tool = new WebTool(new Fetcher(network, settings, "1.2.3"), settings);

    @BeforeEach
    void start() throws IOException {
        server.start(FakeNetwork.address("127.0.0.1"), 0);
        network.host("site.test", "127.0.0.1");
        settings.set("web_allow_private", "site.test");
    }

    @AfterEach
    void stop() {
        tool.close();
        server.close();
    }

    private String url(String path) {
        return "http://site.test:" + server.getPort() + path;
    }

    private WebTool.Page fetch(String url) throws Exception {
        return tool.fetch(url, 0, CONTEXT);
    }

    private String failure(String url) {
        ToolException e = assertThrows(ToolException.class, () -> fetch(url));
        assertEquals(ToolException.Reason.FAILED, e.reason());
        return e.getMessage();
    }

    private static MockResponse.Builder page(String html) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .body(html);
    }

    private void redirect(String location) {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", location)
                .build());
    }

    @Test
    void readsAPage() throws Exception {
        server.enqueue(page("<title>Hello</title><p>World <a href=next>on</a>").build());
        WebTool.Page page = fetch(url("/dir/a?b=c#part"));
        assertEquals(url("/dir/a?b=c"), page.url());
        assertEquals("Hello", page.title());
        assertEquals("World on [L1]", page.text());
        assertEquals(List.of(new WebTool.Link("L1", url("/dir/next"))), page.links());
        assertEquals(Optional.empty(), page.note());
        assertEquals(List.of("site.test"), network.lookups);
    }

    @Test
    void sendsWhatIsNeededAndNoMore() throws Exception {
        server.enqueue(page("a").addHeader("Set-Cookie", "id=1; Path=/").build());
        server.enqueue(page("b").build());
        fetch(url("/"));
        fetch(url("/"));
        server.takeRequest();
        RecordedRequest second = server.takeRequest();
        assertEquals(
                "Mozilla/5.0 (compatible; pipecat/1.2.3)", second.getHeaders().get("User-Agent"));
        for (String name : List.of("Cookie", "Authorization", "Referer")) {
            assertNull(second.getHeaders().get(name), name);
        }
    }

    @Test
    void passesTextAndJson() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body("{\"a\": \"<p>b</p>\"}")
                .build());
        assertEquals("{\"a\": \"<p>b</p>\"}", fetch(url("/")).text());
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "text/plain; charset=iso-8859-1")
                .body(new Buffer().write(new byte[] {(byte) 0xFC}))
                .build());
        assertEquals("ü", fetch(url("/")).text());
        server.enqueue(
                new MockResponse.Builder().body("<!DOCTYPE html><p>untold").build());
        assertEquals("untold", fetch(url("/")).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image/png", "image/svg+xml", "application/pdf", "application/octet-stream", "video/mp4", "what"
            })
    void refusesOtherTypes(String type) {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", type)
                .body("x")
                .build());
        assertTrue(failure(url("/")).contains("'" + type + "'"));
    }

    @Test
    void refusesBinaryThatIsCalledText() {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "text/plain")
                .body(new Buffer().write(new byte[] {1, 0, 2}))
                .build());
        assertTrue(failure(url("/")).contains("binary"));
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        settings.set("web_max_bytes", "2000");
        server.enqueue(page("x".repeat(2001)).build());
        assertTrue(failure(url("/")).contains("larger than 2000 bytes"));
        server.enqueue(page("").chunkedBody("x".repeat(2001), 100).build());
        assertTrue(failure(url("/")).contains("larger than 2000 bytes"));
        server.enqueue(page("x".repeat(2000)).build());
        assertEquals(2000, fetch(url("/")).text().length());
    }

    @Test
    void gzipIsReadAndABombIsNot() throws Exception {
        settings.set("web_max_bytes", "100000");
        settings.set("web_max_text", "100000");
        server.enqueue(page("").setHeader("Content-Encoding", "gzip")
                .body(zipped(100_000))
                .build());
        assertEquals(100_000 - "<p>".length(), fetch(url("/")).text().length());
        // 64 MiB of it are 64 KiB on the wire, below the limit.
        Buffer bomb = zipped(64 << 20);
        assertTrue(bomb.size() < 100_000);
        server.enqueue(page("").setHeader("Content-Encoding", "gzip").body(bomb).build());
        assertTrue(failure(url("/")).contains("larger than 100000 bytes"));
        server.enqueue(page("").setHeader("Content-Encoding", "br").body("x").build());
        assertTrue(failure(url("/")).contains("'br'"));
    }

    private static Buffer zipped(int size) {
        Buffer buffer = new Buffer();
        byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(buffer.outputStream())) {
            out.write("<p>".getBytes(StandardCharsets.US_ASCII));
            for (int left = size - "<p>".length(); left > 0; left -= block.length) {
                out.write(block, 0, Math.min(left, block.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer;
    }

    @Test
    void followsRedirectsAndSaysWhereItWent() throws Exception {
        redirect("/b");
        redirect("c");
        server.enqueue(page("end").build());
        assertEquals(url("/c"), fetch(url("/a")).url());
        assertEquals(List.of("site.test", "site.test", "site.test"), network.lookups);
    }

    @Test
    void followsNoMoreRedirectsThanAllowed() {
        settings.set("web_max_redirects", "2");
        for (int i = 0; i < 4; i++) {
            redirect("/again");
        }
        String message = failure(url("/"));
        assertTrue(message.contains("more than 2 times"), message);
        assertEquals(3, server.getRequestCount());
    }

    @Test
    void checksEachHop() {
        network.host("inner.test", "127.0.0.1");
        redirect("http://inner.test:" + server.getPort() + "/secret");
        String message = failure(url("/"));
        assertTrue(message.contains("'inner.test'") && message.contains("loopback"), message);
        redirect("http://127.0.0.1:" + server.getPort() + "/secret");
        assertTrue(failure(url("/")).contains("loopback"));
        assertEquals(2, server.getRequestCount());
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd, no http or https URL",
        "ftp://site.test/, no http or https URL",
        "http://user:hunter2@site.test/, user name"
    })
    void followsNoOddRedirects(String location, String expected) {
        redirect(location);
        String message = failure(url("/"));
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("hunter2"), message);
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void rebindingTheNameAfterTheCheckHelpsNobody() throws Exception {
        try (MockWebServer inner = new MockWebServer();
                MockWebServer outer = new MockWebServer()) {
            inner.start(FakeNetwork.address("127.0.0.3"), 0);
            outer.start(FakeNetwork.address("127.0.0.2"), inner.getPort());
            inner.enqueue(page("secret").build());
            outer.enqueue(page("harmless").build());
            settings.set("web_allow_private", "127.0.0.2");
            network.host("rebind.test", "127.0.0.2").host("rebind.test", "127.0.0.3");
            String url = "http://rebind.test:" + inner.getPort() + "/";
            assertEquals("harmless", fetch(url).text());
            assertEquals(List.of("rebind.test"), network.lookups);
            assertTrue(failure(url).contains("127.0.0.3"));
            assertEquals(0, inner.getRequestCount());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "localhost"})
    void thisMachineIsOutOfReach(String host) {
        network.host("localhost", "127.0.0.1");
        String message = failure("http://" + host + ":" + server.getPort() + "/");
        assertTrue(message.contains("loopback"), message);
        assertEquals(0, server.getRequestCount());
    }

    @ParameterizedTest
    @CsvSource({
        "http://me:hunter2@site.test/, user name or a password",
        "http://me@site.test/, user name or a password",
        "file:///etc/passwd, 'file'",
        "data:text/html;x, 'data'",
        "site.test/page, no URL",
        "site.test:8080/page, no URL",
        "http://, no valid URL",
        "http://site.test:99999/, no valid URL",
        "'', no URL"
    })
    void refusesWhatIsNoUsableUrl(String url, String expected) {
        String message = failure(url);
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("hunter2"), message);
        assertEquals(List.of(), network.lookups);
    }

    @Test
    void saysWhatTheServerAnswers() {
        server.enqueue(new MockResponse.Builder().code(404).body("x").build());
        assertTrue(failure(url("/gone")).contains("answers 404"));
        server.enqueue(new MockResponse.Builder().code(302).build());
        assertTrue(failure(url("/nowhere")).contains("answers 302"));
    }

    @Test
    void endsWhenTheTimeIsOver() {
        settings.set("web_timeout", "300ms");
        server.enqueue(
                page("x".repeat(10_000)).throttleBody(1, 1, TimeUnit.SECONDS).build());
        assertTrue(failure(url("/drip")).contains("web_timeout"));
        server.enqueue(page("").onResponseStart(SocketEffect.Stall.INSTANCE).build());
        assertTrue(failure(url("/silent")).contains("web_timeout"));
    }

    @Test
    void tellsAConnectionThatBreaks() throws Exception {
        server.enqueue(page("x".repeat(100_000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        assertTrue(failure(url("/")).contains("was not fetched"));
        int port = server.getPort();
        server.close();
        String message = failure("http://site.test:" + port + "/");
        assertTrue(message.contains("no connection to the server"), message);
    }

    @Test
    void givesALongTextInParts() throws Exception {
        settings.set("web_max_text", "500");
        String words = "word ".repeat(300).strip();
        for (int i = 0; i < 4; i++) {
            server.enqueue(page("<p>" + words + "</p><p><a href=/x>last</a>").build());
        }
        StringBuilder all = new StringBuilder();
        int parts = 0;
        boolean more = true;
        while (more) {
            WebTool.Page part = tool.fetch(url("/"), all.length(), CONTEXT);
            all.append(part.text());
            parts++;
            assertTrue(part.text().length() <= 500, part.text());
            assertEquals(part.text().contains("last") ? 1 : 0, part.links().size());
            more = part.note().orElse("").contains("call again with start=" + all.length() + " for more");
        }
        assertEquals(words + "\n\nlast [L1]", all.toString());
        assertEquals(4, parts);
        server.enqueue(page("short").build());
        assertTrue(assertThrows(ToolException.class, () -> tool.fetch(url("/"), 77, CONTEXT))
                .getMessage()
                .contains("not at 77"));
    }

    @Test
    void saysWhenThereIsNothingToRead() throws Exception {
        server.enqueue(page("<div id=app></div><script>draw()</script>").build());
        WebTool.Page page = fetch(url("/"));
        assertEquals("", page.text());
        assertNotNull(page.note().orElse(null));
    }

    @Test
    void fetchesNothingOnceClosed() {
        tool.close();
        assertTrue(failure(url("/")).contains("shutting down"));
    }
}
