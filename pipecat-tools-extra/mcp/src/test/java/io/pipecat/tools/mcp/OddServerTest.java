package io.pipecat.tools.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonString;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that breaks the rules. */
class OddServerTest {
    @TempDir
    Path folder;

    private Path notes;

    @BeforeEach
    void emptyNotes() throws IOException {
        notes = Files.createFile(folder.resolve("notes"));
    }

    private TestServers odd(String environment) throws Exception {
        Path script = Path.of(OddServerTest.class.getResource("/odd-server.mjs").toURI());
        // However slow the machine is, what it offers is known from the start.
        Map<String, String> settings = new HashMap<>(Map.of("mcp_first_wait", "1m"));
        settings.put("mcp_servers", "odd=" + Parts.node() + " " + script + " '" + notes + "'");
        if (!environment.isEmpty()) {
            settings.put("mcp_environment", environment);
        }
        return new TestServers(folder, settings);
    }

    private List<String> notes() {
        try {
            return Files.readAllLines(notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(TestServers servers, String method) throws Exception {
        return assertInstanceOf(JsonString.class, servers.call(method, "{}")).value();
    }

    @Test
    void garbageBetweenMessagesIsSurvivedAndNamesLeadBackByATable() throws Exception {
        try (TestServers servers = odd("")) {
            assertEquals("underscored", text(servers, "a_b_2"));
            assertEquals("dotted", text(servers, "a_b"));
            List<MethodSpec> methods = servers.tool().spec().methods();
            assertEquals(9, methods.size(), "both pages are read");
            assertEquals(
                    List.of("harmless"),
                    methods.stream()
                            .filter(m -> !m.sensitive())
                            .map(MethodSpec::name)
                            .toList(),
                    "only a plain true makes a tool harmless");
        }
    }

    @Test
    void aCommandThatAsksOnceSeesItsToolsWithoutACatalogueFromBefore() throws Exception {
        try (TestServers servers = odd("")) {
            assertEquals(9, servers.tool().spec().methods().size());
        }
    }

    @Test
    void answersThatCannotBeReadFailTheirCallAlone() throws Exception {
        try (TestServers servers = odd("")) {
            ToolException big = assertThrows(ToolException.class, () -> servers.call("big", "{}"));
            assertTrue(big.getMessage().contains("more than 4194304 bytes"), big.getMessage());
            ToolException garbled = assertThrows(ToolException.class, () -> servers.call("garbled", "{}"));
            assertTrue(garbled.getMessage().contains("is not valid JSON"), garbled.getMessage());
            ToolException failed = assertThrows(ToolException.class, () -> servers.call("harmless", "{}"));
            assertEquals("odd.harmless failed: no", failed.getMessage());
            assertEquals("dotted", text(servers, "a_b"));
            assertEquals(1, notes().size(), "it was never restarted");
        }
    }

    @Test
    void whatItAsksIsAnswered() throws Exception {
        try (TestServers servers = odd("")) {
            String answers = text(servers, "ask");
            assertTrue(answers.contains("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}"), answers);
            assertTrue(answers.contains("-32601"), answers);
        }
    }

    @Test
    void newToolsAppear() throws Exception {
        try (TestServers servers = odd("")) {
            assertEquals("{\"grown\":true}", servers.call("grow", "{}").toString());
            TestServers.await(() -> servers.tool().spec().method("grown").isPresent());
            assertEquals("grown", text(servers, "grown"));
        }
    }

    @Test
    void interruptionIsToldToTheServer() throws Exception {
        try (TestServers servers = odd("")) {
            servers.ready();
            TestServers.Running running = servers.start("hang", "{}", line -> {});
            TestServers.await(() -> notes().size() == 2);
            running.thread().interrupt();
            ExecutionException end = assertThrows(
                    ExecutionException.class, () -> running.result().get(30, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedException.class, end.getCause());
            TestServers.await(() -> notes().size() == 3);
            assertEquals(notes().get(1).replace("hangs", "cancelled"), notes().get(2));
        }
    }

    @Test
    void deathDuringACallIsToldAndKeepsSecrets() throws Exception {
        try (TestServers servers = odd("odd.KEY=s3cret-key")) {
            ToolException lost = assertThrows(ToolException.class, () -> servers.call("die", "{}"));
            assertEquals(Reason.UNCERTAIN, lost.reason());
            assertTrue(lost.getMessage().contains("it ended with exit status 3"), lost.getMessage());
            assertFalse(lost.getMessage().contains("s3cret"), lost.getMessage());
            assertFalse(servers.nextEvent().message().contains("s3cret"));
            assertEquals("dotted", text(servers, "a_b"), "the next call has it started again");
        }
    }

    @Test
    void oneThatDoesNotWantToEndIsEnded() throws Exception {
        TestServers servers = odd("odd.STUBBORN=1");
        servers.ready();
        long pid = Long.parseLong(notes().getFirst().replace("started ", ""));
        assertTrue(ProcessHandle.of(pid).isPresent());
        servers.close();
        TestServers.await(
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aVersionThatNobodyKnowsIsRefused() throws Exception {
        try (TestServers servers = odd("odd.VERSION=2031-01-01")) {
            ToolException refused = assertThrows(ToolException.class, () -> servers.call("a_b", "{}"));
            assertEquals(Reason.UNAVAILABLE, refused.reason());
            assertTrue(refused.getMessage().contains("it speaks version '2031-01-01'"), refused.getMessage());
        }
    }

    @Test
    void aProgramThatIsNotThereIsASentence() throws Exception {
        try (TestServers servers = new TestServers(folder, Map.of("mcp_servers", "gone=/no/such/program --x"))) {
            ToolException gone = assertThrows(ToolException.class, () -> servers.call("x", "{}"));
            assertEquals(Reason.UNAVAILABLE, gone.reason());
            assertTrue(gone.getMessage().contains("/no/such/program"), gone.getMessage());
        }
    }
}
