package io.pipecat.tools.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import io.pipecat.api.tool.ToolSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official reference server as a program. */
class EverythingStdioTest {
    @TempDir
    Path folder;

    private TestServers everything(Map<String, String> more) throws ToolException {
        var settings = new java.util.HashMap<>(more);
        settings.put("mcp_servers", "every-thing=" + Parts.node() + " \"" + Parts.everything() + "\" stdio");
        return new TestServers(folder, settings);
    }

    @Test
    void itsToolsAreMethods() throws Exception {
        try (TestServers servers = everything(Map.of())) {
            servers.ready();
            ToolSpec spec = servers.tool().spec();
            assertEquals("every-thing", spec.name());
            assertTrue(spec.description().startsWith("MCP server Everything Reference Server"), spec.description());
            MethodSpec echo = spec.method("echo").orElseThrow();
            assertEquals(List.of("message"), echo.parameterNames());
            assertFalse(
                    echo.parameters().has("$schema"), () -> echo.parameters().toString());
            assertFalse(echo.sensitive());
            assertTrue(spec.method("toggle-simulated-logging").orElseThrow().sensitive());
            assertEquals(
                    new JsonString("Echo: héllo \u2028 \"x\"\n"),
                    servers.call("echo", "{\"message\":\"héllo \u2028 \\\"x\\\"\\n\"}"));
        }
    }

    @Test
    void resultsOfEveryKindBecomeValues() throws Exception {
        try (TestServers servers = everything(Map.of())) {
            JsonValue structured = servers.call("get-structured-content", "{\"location\":\"Chicago\"}");
            assertTrue(assertInstanceOf(JsonObject.class, structured).has("temperature"), structured::toString);
            String image = assertInstanceOf(JsonString.class, servers.call("get-tiny-image", "{}"))
                    .value();
            assertTrue(image.contains("[image, image/png, about "), image);
            String links = assertInstanceOf(JsonString.class, servers.call("get-resource-links", "{\"count\":2}"))
                    .value();
            assertTrue(links.contains("[link to "), links);
            ToolException wrong = assertThrows(ToolException.class, () -> servers.call("get-sum", "{\"a\":\"x\"}"));
            assertTrue(wrong.getMessage().contains("every-thing.get-sum failed"), wrong.getMessage());
            ToolException unknown = assertThrows(ToolException.class, () -> servers.call("get-some", "{}"));
            assertEquals(Reason.UNKNOWN_METHOD, unknown.reason());
            assertTrue(unknown.getMessage().contains("Did you mean 'get-sum'?"), unknown.getMessage());
        }
    }

    @Test
    void progressIsReportedAndInterruptionEndsTheCall() throws Exception {
        try (TestServers servers = everything(Map.of())) {
            servers.ready();
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            servers.call(
                    "trigger-long-running-operation",
                    "{\"duration\":0.1,\"steps\":2}",
                    TestServers.PATIENCE,
                    lines::add);
            assertEquals("1/2", lines.poll(10, TimeUnit.SECONDS));
            TestServers.Running running =
                    servers.start("trigger-long-running-operation", "{\"duration\":600,\"steps\":6000}", lines::add);
            assertEquals("2/2", lines.poll(10, TimeUnit.SECONDS));
            assertEquals("1/6000", lines.poll(10, TimeUnit.SECONDS));
            running.thread().interrupt();
            ExecutionException end = assertThrows(
                    ExecutionException.class, () -> running.result().get(10, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedException.class, end.getCause());
        }
    }

    @Test
    void aDeadlineEndsTheCall() throws Exception {
        try (TestServers servers = everything(Map.of())) {
            servers.ready();
            ToolException late = assertThrows(
                    ToolException.class,
                    () -> servers.call(
                            "trigger-long-running-operation",
                            "{\"duration\":600}",
                            Duration.ofMillis(200),
                            line -> {}));
            assertEquals(Reason.TIMEOUT, late.reason());
        }
    }

    @Test
    void theEnvironmentIsMinimal() throws Exception {
        try (TestServers servers = everything(Map.of("mcp_environment", "every-thing.MCP_KEY='a, b'"))) {
            String text = assertInstanceOf(JsonString.class, servers.call("get-env", "{}"))
                    .value();
            JsonObject environment = TestServers.object(text);
            assertEquals(Optional.of("a, b"), environment.string("MCP_KEY"));
            assertTrue(environment.has("PATH"), text);
            var allowed = List.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "SHELL",
                    "TERM",
                    "LANG",
                    "LC_ALL",
                    "LC_CTYPE",
                    "TZ",
                    "TMPDIR",
                    "MCP_KEY");
            assertTrue(allowed.containsAll(environment.members().keySet()), text);
        }
    }

    @Test
    void aCrashIsSurvivedAndTheChildDoesNotOutliveTheNode() throws Exception {
        ProcessHandle second;
        try (TestServers servers = everything(Map.of())) {
            servers.ready();
            ProcessHandle first = child();
            first.destroyForcibly();
            assertTrue(servers.nextEvent().message().contains("'every-thing' (mcp_servers) is not there: it ended"));
            assertFalse(servers.tool().spec().methods().isEmpty(), "what it offered is still offered");
            assertEquals(new JsonString("Echo: again"), servers.call("echo", "{\"message\":\"again\"}"));
            second = child();
            assertTrue(second.pid() != first.pid());
        }
        assertFalse(second.isAlive());
    }

    @Test
    void whatItOfferedIsThereAtTheNextStart() throws Exception {
        try (TestServers servers = everything(Map.of())) {
            servers.ready();
        }
        try (TestServers servers = everything(Map.of())) {
            assertTrue(servers.tool().spec().method("echo").isPresent());
        }
    }

    private static ProcessHandle child() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info().commandLine().orElse("").contains("server-everything"))
                .findFirst()
                .orElseThrow();
    }
}
