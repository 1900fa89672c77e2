package io.pipecat.tools.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.testkit.RawServer;
import io.pipecat.testkit.node.TestNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, servers that hang, callers that leave, and instances among which one is chosen. */
class FaultsTest {
    @TempDir
    private Path folder;

    private static ToolException failure(TestTools tools, Duration time) {
        return assertThrows(ToolException.class, () -> tools.add(time));
    }

    static Stream<RawServer.Handler> breaks() {
        return Stream.of(
                peer -> {},
                peer -> peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"resu"),
                peer -> peer.send("garbage\r\n\r\n"),
                peer -> peer.send(new byte[] {0x16, 0x03, 0x01}));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void brokenConnectionIsUncertainAndNeverRepeated(RawServer.Handler broken) throws Exception {
        try (ToolServer server = new ToolServer(broken);
                TestTools tools = TestTools.at(server.base(), folder)) {
            ToolException e = tools.refused();
            assertEquals(Reason.UNCERTAIN, e.reason(), e.getMessage());
            assertTrue(
                    e.getMessage().contains("calculator.add") && e.getMessage().contains("not known"), e.getMessage());
            String call = server.next();
            String id = call.substring(call.lastIndexOf(' ') + 1);
            // What may still run there is of no use to anybody.
            assertEquals("DELETE /run_tool/" + id, server.next());
            tools.source.close();
            assertEquals(List.of(), List.copyOf(server.seen));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptionEndsTheCallHereAndThere(boolean virtual) throws Exception {
        CompletableFuture<String> reached = new CompletableFuture<>();
        try (ToolServer server = new ToolServer(peer -> {
                    reached.complete("");
                    peer.hang();
                });
                TestTools tools = TestTools.at(server.base(), folder)) {
            FutureTask<Object> call = new FutureTask<>(tools::add);
            Thread thread = virtual
                    ? Thread.ofVirtual().start(call)
                    : Thread.ofPlatform().start(call);
            reached.get(10, TimeUnit.SECONDS);
            thread.interrupt();
            ExecutionException e = assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedException.class, e.getCause());
            assertTrue(server.raw.awaitPeerGone(), "the connection stayed open");
            String post = server.next();
            assertEquals("DELETE /run_tool/" + post.substring(post.lastIndexOf(' ') + 1), server.next());
        }
    }

    @Test
    void interruptionBeforeTheCallSendsNothing() throws Exception {
        try (ToolServer server = new ToolServer(peer -> peer.answer(200, "{\"result\":5}"));
                TestTools tools = TestTools.at(server.base(), folder)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, tools::add);
            tools.source.close();
            assertEquals(List.of(), List.copyOf(server.seen));
        }
    }

    @Test
    void deadlineEndsTheCallHereAndThere() throws Exception {
        try (ToolServer server = new ToolServer(RawServer.Peer::hang);
                TestTools tools = TestTools.at(server.base(), folder)) {
            ToolException e = failure(tools, Duration.ofMillis(300));
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(server.raw.awaitPeerGone(), "the connection stayed open");
            String post = server.next();
            assertEquals("DELETE /run_tool/" + post.substring(post.lastIndexOf(' ') + 1), server.next());
        }
    }

    @Test
    void answerThatDripsIsCutOffByTheDeadline() throws Exception {
        try (ToolServer server = new ToolServer(peer -> {
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                    peer.hang();
                });
                TestTools tools = TestTools.at(server.base(), folder)) {
            assertEquals(Reason.TIMEOUT, failure(tools, Duration.ofMillis(300)).reason());
        }
    }

    @Test
    void closingEndsRunningCallsAndTellsTheServer() throws Exception {
        CompletableFuture<String> reached = new CompletableFuture<>();
        try (ToolServer server = new ToolServer(peer -> {
            reached.complete("");
            peer.hang();
        })) {
            TestTools tools = TestTools.at(server.base(), folder);
            FutureTask<Object> call = new FutureTask<>(tools::add);
            Thread.ofVirtual().start(call);
            reached.get(10, TimeUnit.SECONDS);
            tools.close();
            ExecutionException e = assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS));
            ToolException failure = assertInstanceOf(ToolException.class, e.getCause());
            assertTrue(failure.getMessage().contains("shutting down"), failure.getMessage());
            String post = server.next();
            assertEquals("DELETE /run_tool/" + post.substring(post.lastIndexOf(' ') + 1), server.next());
            tools.close();
        }
    }

    @Test
    void serverThatHasNotSaidYetWhatItOffersIsNamed() throws Exception {
        CompletableFuture<String> reached = new CompletableFuture<>();
        try (RawServer server = new RawServer(peer -> {
                    reached.complete("");
                    peer.hang();
                });
                TestTools tools = new TestTools(cluster(new Registry("a test", server.base())))) {
            tools.source.activate();
            reached.get(10, TimeUnit.SECONDS);
            assertEquals("the one at " + server.base() + " (a test) has not answered yet", tools.source.description());
        }
    }

    private static URI closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void serverThatIsAwayIsTriedOnceMoreAndNamed() throws Exception {
        try (TestTools tools = TestTools.at(closedPort(), folder, "remote_tools", "calculator.add")) {
            ToolException e = tools.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(
                    e.getMessage().contains("cannot be connected to")
                            && e.getMessage().contains("TOOL_SERVER_URL")
                            && e.getMessage().contains("Nothing was run"),
                    e.getMessage());
            assertEquals(List.of(Duration.ofMillis(250)), tools.waits);
        }
    }

    @Test
    void serverThatAcceptsAndNeverSpeaksTlsIsGivenUp() throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::hang);
                TestTools tools = TestTools.at(
                        URI.create(server.base().toString().replace("http:", "https:")),
                        folder,
                        "remote_tools",
                        "calculator.add",
                        "remote_tool_connect_timeout",
                        "300ms")) {
            ToolException e = tools.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("within 300 ms (REMOTE_TOOL_CONNECT_TIMEOUT)"), e.getMessage());
        }
    }

    @Test
    void plainServerBehindHttpsIsNamed() throws Exception {
        try (RawServer server = new RawServer(peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
                TestTools tools = TestTools.at(
                        URI.create(server.base().toString().replace("http:", "https:")),
                        folder,
                        "remote_tools",
                        "calculator.add")) {
            ToolException e = tools.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("TLS"), e.getMessage());
        }
    }

    private TestNode cluster(Registry registry) {
        return TestTools.node(DeploymentMode.DISTRIBUTED, Map.of("remote_tools", "calculator.add"), folder, registry);
    }

    @Test
    void nextInstanceTakesOverWhereNothingRan() throws Exception {
        URI away = closedPort();
        try (MockWebServer draining = new MockWebServer();
                ToolServer good = new ToolServer(peer -> peer.answer(200, "{\"result\":5}"))) {
            draining.start();
            draining.setDispatcher(new mockwebserver3.Dispatcher() {
                @Override
                public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
                    return AnswersTest.json(503, "{\"detail\":\"This node is shutting down.\"}");
                }
            });
            URI drainingUri = draining.url("/").uri();
            Registry registry = new Registry("a test", away, drainingUri, good.base());
            try (TestTools tools = new TestTools(cluster(registry))) {
                tools.asked(1);
                registry.failed.clear();
                assertEquals(JsonNumber.of(5), tools.add());
                assertEquals(
                        List.of(away, drainingUri),
                        registry.failed.stream().map(endpoint -> endpoint.uri()).toList());
            }
        }
    }

    @Test
    void nextInstanceIsNotAskedWhereSomethingMayHaveRun() throws Exception {
        try (ToolServer breaking = new ToolServer(peer -> {});
                ToolServer good = new ToolServer(peer -> peer.answer(200, "{\"result\":5}"))) {
            try (TestTools tools = new TestTools(cluster(new Registry("a test", breaking.base(), good.base())))) {
                tools.asked(1);
                assertEquals(Reason.UNCERTAIN, tools.refused().reason());
            }
            assertEquals(List.of(), List.copyOf(good.seen));
        }
    }

    @Test
    void nodeNeverCallsItself() throws Exception {
        try (MockWebServer self = new MockWebServer()) {
            self.start();
            self.setDispatcher(new mockwebserver3.Dispatcher() {
                @Override
                public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
                    return AnswersTest.json(200, AnswersTest.CATALOGUE)
                            .newBuilder()
                            .setHeader("X-Pipecat-Instance", TestNode.INSTANCE)
                            .build();
                }
            });
            Registry registry = new Registry("a test", self.url("/").uri());
            try (TestTools tools = new TestTools(cluster(registry))) {
                tools.asked(1);
                ToolException e = tools.refused();
                assertEquals(Reason.UNAVAILABLE, e.reason());
                assertTrue(e.getMessage().contains("this node itself"), e.getMessage());
                assertEquals(1, self.getRequestCount(), "only the list of tools was asked for");
                assertEquals(List.of(), registry.failed);
            }
        }
    }

    @Test
    void clusterWithoutAToolServerSaysSo() throws Exception {
        try (TestTools tools = new TestTools(cluster(new Registry("a test")))) {
            tools.asked(1);
            ToolException e = tools.refused();
            assertEquals(Reason.UNAVAILABLE, e.reason());
            assertTrue(e.getMessage().contains("TOOL_SERVER_URL_OVERRIDE"), e.getMessage());
        }
    }

    @Test
    void checkTellsWhetherAServerIsThereWithoutRunningATool() throws Exception {
        TestTools tools;
        try (ToolServer server = new ToolServer(peer -> {})) {
            tools = TestTools.at(server.base(), folder);
            tools.source.check();
            assertTrue(server.seen.stream().noneMatch(request -> request.contains("run_tool")), server.seen.toString());
        }
        try (tools) {
            ToolException e = assertThrows(ToolException.class, () -> tools.source.check());
            assertEquals(Reason.UNAVAILABLE, e.reason(), e.getMessage());
        }
    }
}
