package io.pipecat.agent;

import static io.pipecat.agent.ScriptedModel.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.agent.Sessions.Frames;
import io.pipecat.agent.Sessions.Running;
import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.setting.Secret;
import io.pipecat.api.tool.ToolException;
import io.pipecat.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path folder;

    private static AuditLog.Entry entry(String callId, JsonObject arguments) {
        return new AuditLog.Entry(NOW, "talk", callId, "ssh", "run", arguments, "allowed", "ok", Duration.ofMillis(12));
    }

    private List<JsonObject> lines() throws Exception {
        List<JsonObject> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("tool-calls.jsonl"))) {
            lines.add(Json.parseObject(line));
        }
        return lines;
    }

    @Test
    void aLineSaysItAll() throws Exception {
        AuditLog.in(folder, List.of()).write(entry("c-1", JsonObject.of("command", "ls\nrm")));
        assertEquals(
                "{\"time\":\"2026-11-01T12:00:00Z\",\"conversation\":\"talk\",\"call_id\":\"c-1\",\"tool\":\"ssh\","
                        + "\"method\":\"run\",\"arguments\":{\"command\":\"ls\\nrm\"},\"approval\":\"allowed\","
                        + "\"outcome\":\"ok\",\"duration_ms\":12}\n",
                Files.readString(folder.resolve("tool-calls.jsonl")));
    }

    @Test
    void theFileIsItsOwnersAlone() throws Exception {
        Path deep = folder.resolve("a/b");
        AuditLog.in(deep, List.of()).write(entry("c-1", JsonObject.EMPTY));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(deep.resolve("tool-calls.jsonl")));
    }

    @Test
    void conversationsRecordEveryCall() throws Exception {
        TestTool tool = new TestTool("t")
                .method("ok", (arguments, context) -> JsonNumber.of(1))
                .method("fail", (arguments, context) -> {
                    throw new ToolException(ToolException.Reason.UNAVAILABLE, "no network");
                })
                .method("typed", TestTool.TEXT, false, Optional.empty(), (arguments, context) -> JsonNumber.of(1))
                .sensitive("ask", (arguments, context) -> JsonNumber.of(1));
        ScriptedModel model = new ScriptedModel()
                .calls(
                        call("a", "t__ok", "{\"x\":1}"),
                        call("b", "t__fail", "{}"),
                        call("c", "t__typed", "{}"),
                        call("d", "t__ask", "{}"),
                        call("e", "nonsense", "{}"))
                .says("done");
        Conversation conversation = Conversation.builder(model, tool.alone())
                .id("kitchen")
                .audit(AuditLog.in(folder, List.of()))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
        Frames frames = new Frames();
        conversation.send("go", frames);

        assertEquals(
                Set.of(
                        "t ok not-needed ok",
                        "t fail not-needed unavailable",
                        "t typed not-needed invalid-arguments",
                        "t ask nobody-to-ask denied",
                        " nonsense not-needed unknown-function"),
                lines().stream()
                        .map(line -> Stream.of("tool", "method", "approval", "outcome")
                                .map(name -> line.string(name).orElseThrow())
                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.toSet()));
        assertEquals(5, lines().size());
        assertTrue(lines().stream()
                .allMatch(line -> line.string("conversation").orElseThrow().equals("kitchen")));
        Set<String> ids = frames.of(TurnFrame.ToolStarted.class).stream()
                .map(TurnFrame.ToolStarted::callId)
                .collect(Collectors.toSet());
        assertEquals(
                ids,
                lines().stream()
                        .map(line -> line.string("call_id").orElseThrow())
                        .collect(Collectors.toSet()));
    }

    @Test
    void secretsAreBlanked() throws Exception {
        JsonObject arguments = Json.parseObject("""
                {"host": "core", "password": "hunter2", "apiKey": ["k1"], "API_KEY": 7, "Authorization": {"a": 1},
                 "max_tokens": 5, "tokenizer": "bpe", "accessToken": "abc", "nested": [{"client_secret": "x", "keep": 1}],
                 "url": "https://bo:pw123@host/x", "command": "curl -H 'Authorization: Bearer abcdef123' -d password=tops3cret",
                 "note": "the key is sk-known-1 indeed"}""");
        AuditLog.in(folder, List.of(new Secret("sk-known-1,sk-known-2"))).write(entry("c", arguments));
        String line = Files.readString(folder.resolve("tool-calls.jsonl"));
        for (String secret :
                List.of("hunter2", "k1\"", ":7", "\"abc\"", "\"x\"", "pw123", "abcdef123", "tops3cret", "sk-known-1")) {
            assertFalse(line.contains(secret), () -> secret + " is in " + line);
        }
        for (String harmless : List.of(
                "\"core\"", "\"max_tokens\":5", "\"bpe\"", "\"keep\":1", "https://bo:", "the key is", "curl -H")) {
            assertTrue(line.contains(harmless), () -> harmless + " is not in " + line);
        }
    }

    @Test
    void writersSideBySideLoseNothing() throws Exception {
        List<Running<Boolean>> writers = new ArrayList<>();
        for (int w = 0; w < 8; w++) {
            String name = "w" + w + "-";
            // Each with a log of its own, as conversations of one node have.
            AuditLog log = AuditLog.in(folder, List.of());
            writers.add(Sessions.start(w % 2 == 0, () -> {
                for (int i = 0; i < 100; i++) {
                    log.write(entry(name + i, JsonObject.of("text", "x".repeat(200))));
                }
                return log.failures() == 0;
            }));
        }
        for (Running<Boolean> writer : writers) {
            assertTrue(writer.get());
        }
        assertEquals(
                800,
                lines().stream()
                        .map(line -> line.string("call_id").orElseThrow())
                        .distinct()
                        .count());
    }

    @Test
    void anInterruptedThreadWritesToo() throws Exception {
        AuditLog log = AuditLog.in(folder, List.of());
        Thread.currentThread().interrupt();
        log.write(entry("a", JsonObject.EMPTY));
        log.write(entry("b", JsonObject.EMPTY));
        assertTrue(Thread.interrupted());
        assertEquals(0, log.failures());
        assertEquals(2, lines().size());
    }

    @Test
    void aFullFileIsRotated() throws Exception {
        AuditLog log = AuditLog.in(folder, List.of(), 500);
        for (int i = 0; i < 40; i++) {
            log.write(entry("c" + i, JsonObject.of("text", "x".repeat(100))));
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        assertEquals(10, files.size(), files::toString);
        for (Path file : files) {
            assertTrue(Files.size(file) <= 500);
        }
        assertTrue(Files.readString(folder.resolve("tool-calls.jsonl")).contains("\"c39\""));
        assertTrue(Files.readString(folder.resolve("tool-calls.1.jsonl")).contains("\"c38\"")
                || Files.readString(folder.resolve("tool-calls.1.jsonl")).contains("\"c37\""));
    }

    @Test
    void aDiskThatFailsDoesNotFailTheTurn() throws Exception {
        Path file = Files.createFile(folder.resolve("not-a-folder"));
        AuditLog log = AuditLog.in(file, List.of());
        ScriptedModel model = new ScriptedModel()
                .calls(call("a", "t__ok", "{}"), call("b", "t__ok", "{}"))
                .says("done");
        Conversation conversation = Conversation.builder(
                        model,
                        new TestTool("t")
                                .method("ok", (arguments, context) -> JsonNumber.of(1))
                                .alone())
                .audit(log)
                .build();
        assertEquals("done", conversation.send("go", new Frames()).text());
        assertEquals(2, log.failures());
    }

    @Test
    void noneWritesNothing() throws IOException {
        AuditLog.none().write(entry("a", JsonObject.EMPTY));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(0, all.count());
        }
    }
}
