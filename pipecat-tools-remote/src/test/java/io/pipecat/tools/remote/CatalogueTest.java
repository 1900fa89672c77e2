package io.pipecat.tools.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolProvider;
import io.pipecat.api.tool.ToolSpec;
import io.pipecat.json.Json;
import io.pipecat.testkit.node.TestNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the server's tools, from whichever server and also while it is away. */
class CatalogueTest {
    @TempDir
    private Path folder;

    private static ToolSpec one(String json) throws Exception {
        List<ToolSpec> specs = Catalogue.read(Json.parseObject(json));
        assertEquals(1, specs.size());
        return specs.getFirst();
    }

    @Test
    void ownServerIsTakenAtItsWord() throws Exception {
        ToolSpec spec =
                one("{\"rag\":{\"search\":{\"doc\":\" Searches. \",\"args\":[\"q\"],\"schema\":{\"type\":\"object\","
                        + "\"properties\":{\"q\":{\"type\":\"string\"}},\"required\":[\"q\"]},\"sensitive\":false,"
                        + "\"placement\":\"light\"}}}");
        MethodSpec method = spec.method("search").orElseThrow();
        assertEquals(Placement.LIGHT, spec.placement());
        assertEquals("Searches.", method.description());
        assertFalse(method.sensitive());
        assertEquals(
                Json.parseObject(
                        "{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"string\"}},\"required\":[\"q\"]}"),
                method.parameters());
    }

    @Test
    void predecessorsMethodsComeFromTheTable() throws Exception {
        ToolSpec spec = one("{\"ssh\":{\"run_command\":{\"doc\":null,\"args\":[\"host\",\"username\",\"command\","
                + "\"key_filename\",\"password\"]}}}");
        MethodSpec method = spec.method("run_command").orElseThrow();
        assertTrue(method.sensitive());
        assertTrue(method.description().contains("SSH"), method.description());
        assertEquals(
                List.of("host", "username", "command"),
                method.parameters().array("required").orElseThrow().strings().toList());
        assertEquals(Placement.NORMAL, spec.placement());
        assertEquals(
                Placement.HEAVY,
                one("{\"ocr\":{\"read\":{\"doc\":\"d\",\"args\":[]}}}").placement());
        assertFalse(one("{\"git\":{\"status\":{\"doc\":\"d\",\"args\":[\"working_dir\"]}}}")
                .methods()
                .getFirst()
                .sensitive());
    }

    @Test
    void unknownMethodsAreSensitiveAndTakeTheirNamesOnly() throws Exception {
        MethodSpec method = one("{\"heretic\":{\"burn\":{\"doc\":null,\"args\":[\"what\",\"how\"]}}}")
                .methods()
                .getFirst();
        assertTrue(method.sensitive());
        assertEquals(
                Json.parseObject("{\"type\":\"object\",\"properties\":{\"what\":{},\"how\":{}},"
                        + "\"additionalProperties\":false}"),
                method.parameters());
        // Other parameters than those of the table: the server is right, but what it does is still sensitive.
        MethodSpec changed = one("{\"git\":{\"push\":{\"doc\":\"d\",\"args\":[\"working_dir\",\"force\"]}}}")
                .methods()
                .getFirst();
        assertTrue(changed.sensitive());
        assertEquals(List.of("working_dir", "force"), changed.parameterNames());
    }

    @Test
    void whatIsNoToolIsLeftOut() throws Exception {
        ToolSpec spec = one("{\"1bad\":{\"m\":{}},\"a\":5,\"ok\":{\"m\":null,\"n\":{\"schema\":{\"type\":\"array\"},"
                + "\"args\":[\"x\",7],\"sensitive\":\"no\",\"doc\":3}}}");
        assertEquals(
                List.of("m", "n"), spec.methods().stream().map(MethodSpec::name).toList());
        assertTrue(spec.methods().stream().allMatch(MethodSpec::sensitive));
        assertEquals(List.of("x"), spec.methods().get(1).parameterNames());
    }

    private static MockWebServer server(AtomicReference<String> catalogue) throws Exception {
        MockWebServer server = new MockWebServer();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getTarget().equals("/tools/")
                        ? AnswersTest.json(200, catalogue.get())
                        : AnswersTest.json(404, "{\"detail\":\"Tool 'calculator' not found.\"}");
            }
        });
        server.start();
        return server;
    }

    @Test
    void catalogueSurvivesARestartWhileTheServerIsAway() throws Exception {
        AtomicReference<String> catalogue = new AtomicReference<>(AnswersTest.CATALOGUE);
        MockWebServer first = server(catalogue);
        URI uri = first.url("/").uri();
        try (first;
                TestTools tools = TestTools.at(uri, folder)) {
            assertTrue(tools.source.complete());
            assertTrue(tools.source.description().contains("(TOOL_SERVER_URL)"), tools.source.description());
        }
        try (TestTools tools = TestTools.at(uri, folder)) {
            assertEquals(
                    List.of("a", "b"),
                    tools.tool("calculator").spec().methods().getFirst().parameterNames());
            assertTrue(tools.source.complete());
            assertEquals(ToolException.Reason.UNAVAILABLE, tools.refused().reason());
            String description = tools.source.description();
            assertTrue(
                    description.contains("cannot be connected to")
                            && description.contains("as of 2026-11-22T12:00:00Z"),
                    description);
            assertEquals(1, tools.node.events().size());
            assertTrue(tools.node.events().getFirst() instanceof NodeEvent.Degraded);
        }
        URI another = URI.create("http://127.0.0.1:1");
        try (TestTools tools = TestTools.at(another, folder)) {
            assertEquals(List.of(), tools.source.tools());
            assertFalse(tools.source.complete());
        }
    }

    @Test
    void damagedFileIsAsGoodAsNone() throws Exception {
        Path file = Files.createDirectories(folder.resolve("tools-remote")).resolve("catalogue.json");
        for (String text : List.of("", "{", "[]", "{\"version\":1,\"server\":\"http://127.0.0.1:1\",\"tools\":5}")) {
            Files.writeString(file, text);
            try (TestTools tools = TestTools.at(URI.create("http://127.0.0.1:1"), folder)) {
                assertEquals(List.of(), tools.source.tools());
            }
        }
        AtomicReference<String> catalogue = new AtomicReference<>(AnswersTest.CATALOGUE);
        try (MockWebServer server = server(catalogue);
                TestTools tools = TestTools.at(server.url("/").uri(), folder)) {
            assertEquals("calculator", tools.tool("calculator").spec().name());
        }
        assertTrue(Files.readString(file).contains("Adds two numbers."));
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void unknownToolLeadsToANewCatalogue() throws Exception {
        AtomicReference<String> catalogue = new AtomicReference<>(AnswersTest.CATALOGUE);
        try (MockWebServer server = server(catalogue);
                TestTools tools = TestTools.at(server.url("/").uri(), folder)) {
            Tool old = tools.tool("calculator");
            catalogue.set("{\"abacus\":{\"add\":{\"doc\":null,\"args\":[]}}}");
            assertEquals(ToolException.Reason.UNKNOWN_TOOL, tools.refused().reason());
            tools.asked(2);
            assertEquals(
                    List.of("abacus"),
                    tools.source.tools().stream()
                            .map(tool -> tool.spec().name())
                            .toList());
            assertEquals("calculator", old.spec().name());
        }
    }

    @Test
    void namesFromTheSettingsAreKept() throws Exception {
        try (TestTools tools = TestTools.at(
                URI.create("http://127.0.0.1:1"), folder, "remote_tools", "ssh,mine.do_it,mine.undo,bare")) {
            assertTrue(tools.tool("ssh").spec().method("run_command").isPresent());
            MethodSpec mine = tools.tool("mine").spec().method("undo").orElseThrow();
            assertEquals(JsonObject.of("type", "object"), mine.parameters());
            assertTrue(mine.sensitive());
            assertEquals(List.of(), tools.tool("bare").spec().methods());
        }
        ToolException e = assertThrows(
                ToolException.class,
                () -> TestTools.at(URI.create("http://127.0.0.1:1"), folder, "remote_tools", "9x"));
        assertTrue(e.getMessage().contains("REMOTE_TOOLS"), e.getMessage());
    }

    @Test
    void nodeThatStandsAloneAsksNobodyUntilASettingNamesAServer() throws Exception {
        AtomicReference<String> catalogue = new AtomicReference<>(AnswersTest.CATALOGUE);
        try (MockWebServer server = server(catalogue)) {
            Registry registry = new Registry("a test", server.url("/").uri());
            TestNode node = TestTools.node(DeploymentMode.MONOLITH, Map.of(), folder, registry);
            try (TestTools tools = new TestTools(node)) {
                assertEquals(0, tools.attempts());
                assertEquals(List.of(), tools.source.tools());
                assertEquals("", tools.source.description());
                assertTrue(tools.source.complete());
                assertEquals(0, server.getRequestCount());
                node.settings().set("tool_server_url", server.url("/").toString());
                tools.asked(1);
                assertEquals("calculator", tools.tool("calculator").spec().name());
            }
        }
    }

    @Test
    void liveSettingLeadsToAnotherServer() throws Exception {
        try (MockWebServer first = server(new AtomicReference<>(AnswersTest.CATALOGUE));
                MockWebServer second =
                        server(new AtomicReference<>("{\"abacus\":{\"add\":{\"doc\":null,\"args\":[]}}}"));
                TestTools tools = TestTools.at(first.url("/").uri(), folder)) {
            assertEquals("calculator", tools.tool("calculator").spec().name());
            tools.node.settings().set("tool_server_url", second.url("/base").toString());
            tools.asked(2);
            assertEquals(List.of(), tools.source.tools(), "the second server has no /base/tools/");
            tools.node.settings().set("tool_server_url", second.url("/").toString());
            tools.asked(3);
            assertEquals("abacus", tools.tool("abacus").spec().name());
        }
    }

    @Test
    void keyThatNoHeaderCanCarryIsRefused() {
        ToolException e = assertThrows(
                ToolException.class,
                () -> TestTools.at(URI.create("http://127.0.0.1:1"), folder, "tool_server_api_key", "schlüssel"));
        assertTrue(e.getMessage().contains("TOOL_SERVER_API_KEY"), e.getMessage());
        assertFalse(e.getMessage().contains("schl"), e.getMessage());
    }

    @Test
    void providerIsFound() {
        assertTrue(ServiceLoader.load(ToolProvider.class).stream()
                .anyMatch(provider -> provider.type() == RemoteToolsProvider.class));
        RemoteToolsProvider provider = new RemoteToolsProvider();
        assertTrue(provider.remote());
        assertEquals("remote", provider.name());
    }
}
