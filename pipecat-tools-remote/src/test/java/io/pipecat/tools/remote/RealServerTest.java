package io.pipecat.tools.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.api.tool.ToolInfo;
import io.pipecat.api.tool.ToolMethod;
import io.pipecat.json.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our proxy against our tool server, over a socket. */
class RealServerTest {
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    private Path folder;

    /** What is served. */
    @ToolInfo(name = "lab", description = "Tries things.")
    public static final class Lab {
        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @ToolMethod("Gives back what it gets.")
        public Object echo(JsonValue value) {
            return value;
        }

        @ToolMethod(value = "Waits until it is interrupted.", timeoutSeconds = 600)
        public String await() throws InterruptedException {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }

        @ToolMethod("Waits as long as it may.")
        public String linger() throws InterruptedException {
            return await();
        }

        @ToolMethod("Fails.")
        public String fail() throws ToolException {
            throw ToolException.failed("the door is locked; unlock it first");
        }

        @ToolMethod(value = "Asks first.", sensitive = true)
        public String open() {
            return "opened";
        }

        private boolean wasInterrupted() throws InterruptedException {
            return interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static JsonValue call(TestTools tools, String method, String arguments) throws Exception {
        return call(tools, method, arguments, TestTools.LONG);
    }

    private static JsonValue call(TestTools tools, String method, String arguments, Duration time) throws Exception {
        return tools.tool("lab").call(method, Json.parseObject(arguments), tools.context(time));
    }

    private static ToolException refused(TestTools tools, String method, String arguments) {
        return assertThrows(ToolException.class, () -> call(tools, method, arguments));
    }

    @Test
    void theToolLooksAsItDoesThere() throws Exception {
        Lab lab = new Lab();
        try (RealServer server = new RealServer(lab);
                TestTools tools = TestTools.at(server.base(), folder)) {
            Tool there = Tool.annotated(lab);
            Tool here = tools.tool("lab");
            assertEquals(there.spec().placement(), here.spec().placement());
            assertEquals(there.spec().methods().size(), here.spec().methods().size());
            there.spec().methods().forEach(method -> {
                var proxy = here.spec().method(method.name()).orElseThrow();
                assertEquals(method.parameters(), proxy.parameters());
                assertEquals(method.description(), proxy.description());
                assertEquals(method.sensitive(), proxy.sensitive());
            });
            assertEquals(
                    Optional.empty(), here.spec().method("echo").orElseThrow().timeout());
            Duration longer =
                    here.spec().method("await").orElseThrow().timeout().orElseThrow();
            assertTrue(longer.compareTo(Duration.ofMinutes(10)) > 0, "a call there may take 600 s, here " + longer);
        }
    }

    @Test
    void valuesArriveAsTheyWere() throws Exception {
        try (RealServer server = new RealServer(new Lab());
                TestTools tools = TestTools.at(server.base(), folder)) {
            String value =
                    "{\"a\":[1.10,1234567890123456789012345678901234567890,null,true],\"ü\":\"\\u0000😀\\ud800\"}";
            for (int i = 0; i < 3; i++) {
                // Where a call runs there changes after the first one.
                assertEquals(Json.parse(value), call(tools, "echo", "{\"value\":" + value + "}"));
            }
        }
    }

    @Test
    void whatTheServerSaysIsTold() throws Exception {
        try (RealServer server = new RealServer(new Lab());
                TestTools tools = TestTools.at(server.base(), folder)) {
            ToolException failed = refused(tools, "fail", "{}");
            assertEquals(Reason.FAILED, failed.reason());
            assertEquals("the door is locked; unlock it first", failed.getMessage());
            ToolException wrong = refused(tools, "echo", "{\"valu\":1}");
            assertEquals(Reason.INVALID_ARGUMENTS, wrong.reason());
            assertTrue(wrong.getMessage().contains("Available parameters: value"), wrong.getMessage());
            assertEquals(Reason.UNKNOWN_METHOD, refused(tools, "nothing", "{}").reason());
            ToolException sensitive = refused(tools, "open", "{}");
            assertEquals(Reason.DENIED, sensitive.reason());
            assertTrue(sensitive.getMessage().contains("lab.open in TOOL_SERVER_ALLOW"), sensitive.getMessage());
        }
    }

    @Test
    void sensitiveMethodsRunWhereTheServerAllowsThem() throws Exception {
        try (RealServer server = new RealServer(0, Map.of("tool_server_allow", "lab.open"), new Lab());
                TestTools tools = TestTools.at(server.base(), folder)) {
            assertEquals("\"opened\"", call(tools, "open", "{}").toString());
        }
    }

    @Test
    void aWrongKeyIsRefused() throws Exception {
        try (RealServer server = new RealServer(0, Map.of("tool_server_api_key", "another"), new Lab());
                TestTools tools = TestTools.at(server.base(), folder, "remote_tools", "lab.echo")) {
            ToolException e = refused(tools, "echo", "{\"value\":1}");
            assertEquals(Reason.DENIED, e.reason());
            assertTrue(e.getMessage().contains("refuses the key in TOOL_SERVER_API_KEY"), e.getMessage());
        }
    }

    @Test
    void aDeadlineHereEndsTheCallThere() throws Exception {
        Lab lab = new Lab();
        try (RealServer server = new RealServer(lab);
                TestTools tools = TestTools.at(server.base(), folder)) {
            ToolException e =
                    assertThrows(ToolException.class, () -> call(tools, "await", "{}", Duration.ofSeconds(1)));
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(lab.wasInterrupted(), "the tool goes on");
        }
    }

    @Test
    void aDeadlineThereIsToldHere() throws Exception {
        Lab lab = new Lab();
        try (RealServer server = new RealServer(0, Map.of("tool_timeout", "200ms"), lab);
                TestTools tools = TestTools.at(server.base(), folder)) {
            ToolException e = refused(tools, "linger", "{}");
            assertEquals(Reason.TIMEOUT, e.reason());
            assertTrue(e.getMessage().contains("did not finish within 200 ms"), e.getMessage());
            assertTrue(lab.wasInterrupted(), "the tool goes on");
        }
    }

    @Test
    void anInterruptionHereReachesTheToolThere() throws Exception {
        Lab lab = new Lab();
        try (RealServer server = new RealServer(lab);
                TestTools tools = TestTools.at(server.base(), folder)) {
            CompletableFuture<String> end = new CompletableFuture<>();
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    end.complete(call(tools, "await", "{}").toString());
                } catch (Exception e) {
                    end.complete(e.getClass().getSimpleName());
                }
            });
            assertTrue(lab.inside.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            caller.interrupt();
            assertEquals("InterruptedException", end.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertTrue(lab.wasInterrupted(), "the tool goes on");
        }
    }

    @Test
    void aServerThatGoesDownEndsItsCallsAndIsUsedAgainWhenItIsBack() throws Exception {
        int port;
        try (TestTools tools = withServerThatGoesDown()) {
            ToolException away = refused(tools, "echo", "{\"value\":1}");
            assertEquals(Reason.UNAVAILABLE, away.reason());
            assertTrue(away.getMessage().contains("Nothing was run"), away.getMessage());
            port = tools.node.settings().get(RemoteSettings.URL).getPort();
            try (RealServer back = new RealServer(port, Map.of(), new Lab())) {
                assertEquals(port, back.base().getPort());
                assertEquals("1", call(tools, "echo", "{\"value\":1}").toString());
            }
        }
        // A node that starts while the server is away knows the tools from the time before.
        try (TestTools later = TestTools.at(URI.create("http://127.0.0.1:" + port), folder)) {
            assertEquals("lab", later.tool("lab").spec().name());
            assertEquals(Reason.UNAVAILABLE, refused(later, "fail", "{}").reason());
        }
    }

    private TestTools withServerThatGoesDown() throws Exception {
        Lab lab = new Lab();
        try (RealServer server = new RealServer(lab)) {
            TestTools tools = TestTools.at(server.base(), folder);
            CompletableFuture<ToolException> running =
                    CompletableFuture.supplyAsync(() -> refused(tools, "await", "{}"));
            assertTrue(lab.inside.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            server.drain();
            assertTrue(lab.wasInterrupted(), "the tool goes on");
            ToolException ended = running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(Reason.FAILED, ended.reason());
            assertTrue(ended.getMessage().contains("shutting down"), ended.getMessage());
            return tools;
        }
    }
}
