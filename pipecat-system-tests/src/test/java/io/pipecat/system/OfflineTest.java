package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: with the network cut and nothing configured, a model in this process answers and calls tools. */
class OfflineTest {
    @TempDir
    private Path folder;

    private Pipecat pipecat;

    @BeforeEach
    void start() throws Exception {
        RequiredPart.that(
                        "libgomp.so.1",
                        "Debian package libgomp1",
                        () -> Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libgomp.so.1"))
                                || Files.exists(Path.of("/usr/lib/aarch64-linux-gnu/libgomp.so.1")))
                .orSkip();
        pipecat = new Pipecat(folder).withoutNetwork();
    }

    @Test
    void answersHello() throws Exception {
        Pipecat.Result result = pipecat.run("ask", "Hello");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().startsWith("Hello"), result.out());
        assertEquals(1, result.out().lines().count(), result.out());
        assertTrue(result.err().contains("No language model is configured"), result.err());
        Pipecat.Result again = pipecat.run("ask", "Hello");
        assertEquals("", again.err(), "said once, not at each start");
    }

    @Test
    void calculatesByCallingTheTool() throws Exception {
        Pipecat.Result result = pipecat.run("ask", "What is 17 * 23?");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("391"), result.out());
        List<JsonObject> calls = auditLog();
        assertEquals(1, calls.size());
        JsonObject call = calls.getFirst();
        assertEquals("calculator", call.string("tool").orElseThrow());
        assertEquals("evaluate", call.string("method").orElseThrow());
        assertEquals(
                "17 * 23",
                call.object("arguments").orElseThrow().string("expression").orElseThrow());
        assertEquals("ok", call.string("outcome").orElseThrow());
    }

    private List<JsonObject> auditLog() throws Exception {
        try (var files = Files.walk(pipecat.stateDir().resolve("audit"))) {
            List<JsonObject> lines = new java.util.ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(Json.parseObject(line));
                }
            }
            return lines;
        }
    }

    @Test
    void switchesALightOfTheDemoHouse() throws Exception {
        Pipecat.Result before = pipecat.run("tools", "call", "world_model.get_device", "id=kitchen light");
        assertTrue(before.out().contains("\"off\""), before.out() + before.err());
        Pipecat.Result switched = pipecat.run("ask", "turn on the kitchen light");
        assertEquals(0, switched.code(), switched.err());
        assertFalse(switched.out().contains("Sorry"), switched.out());
        Pipecat.Result after = pipecat.run("tools", "call", "world_model.get_device", "id=kitchen light");
        assertTrue(after.out().contains("\"on\"") && !after.out().contains("\"off\""), after.out() + after.err());
    }

    @Test
    void readsTheQuestionFromStandardInput() throws Exception {
        Pipecat.Result result = pipecat.typing("Hello\n").run("ask", "-");
        assertTrue(result.out().startsWith("Hello"), result.out() + result.err());
    }

    @Test
    void talksOverAPipe() throws Exception {
        Pipecat.Result result = pipecat.typing("Hello\n\nWhat is 6 * 7?\n").run("chat");
        assertEquals(0, result.code(), result.err());
        List<String> answers = result.out().lines().toList();
        assertEquals(2, answers.size(), result.out());
        assertTrue(answers.get(1).contains("42"), result.out());
        assertFalse(result.out().contains("\u001b"), "plain when piped");
    }

    @Test
    void doctorFindsNothing() throws Exception {
        Pipecat.Result result = pipecat.run("doctor");
        assertEquals(0, result.code(), result.out() + result.err());
        assertTrue(result.out().contains("Nothing would stop this node."), result.out());
    }
}
