package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node that people start, killed while it starts and while it talks, calls tools and switches, and started again over the state that
 * it left. -Dpipecat.node.kills=… kills it more often, -Dpipecat.kills.seed=… at the same points again.
 */
class KilledServerTest {
    private static final int KILLS = Integer.getInteger("pipecat.node.kills", 12);
    private static final int MOST_CONFIRMED = 8;
    private static final int MOST_NANOS = 100_000_000;
    private static final long PATIENCE_SECONDS = 120;
    private static final String HOUSE = """
            locations:
              - {id: kitchen, name: Kitchen}
            devices:
              - {id: lamp, name: Lamp, type: light, location_id: kitchen, state: {state: "off", count: 0}, simulated: true}
            """;

    @TempDir
    private Path folder;

    private Pipecat pipecat;
    private Random random = new Random();
    /** How long a start may take to be hit by a kill; measured by the last one that was not. */
    private long startNanos = TimeUnit.SECONDS.toNanos(2);

    private String conversation = "";
    /** The questions that were answered, in order. */
    private final List<String> confirmed = new ArrayList<>();

    private int asked;
    private int keptCount;

    @BeforeEach
    void prepare() throws Exception {
        Path house = Files.writeString(folder.resolve("house.yaml"), HOUSE);
        pipecat = new Pipecat(folder).with("WEB_PORT", "0").with("ONTOLOGY_PATH", house.toString());
    }

    @Test
    void startsAgainWithAllThatWasConfirmedWheneverItIsKilled(TestReporter reporter) throws Exception {
        long seed = Long.getLong("pipecat.kills.seed", System.nanoTime());
        reporter.publishEntry("pipecat.kills.seed", Long.toString(seed));
        random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            String which = "kill " + kill + " of seed " + seed;
            // The first start is the one that unpacks and creates.
            if (kill % 2 == 1) {
                killInStart(which);
            } else {
                killInUse(which);
            }
        }
        try (RunningNode node = start()) {
            check(node, "after " + KILLS + " kills of seed " + seed);
            node.answers();
        }
        assertTrue(confirmed.size() >= KILLS / 2, "hardly anything was done: " + confirmed);
    }

    private RunningNode start() throws IOException {
        long begun = System.nanoTime();
        RunningNode node = new RunningNode(pipecat);
        startNanos = System.nanoTime() - begun;
        return node;
    }

    private void killInStart(String which) throws Exception {
        Path log = folder.resolve("start.log");
        Process process = pipecat.command()
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(random.nextLong(startNanos), TimeUnit.NANOSECONDS);
            assertFalse(ended, () -> which + ": it ended by itself: " + read(log));
        } finally {
            kill(process);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void kill(Process process) throws InterruptedException {
        // Process.destroyForcibly would close what is still to be read.
        process.toHandle().destroyForcibly();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private void killInUse(String which) throws Exception {
        try (RunningNode node = start()) {
            check(node, which);
            if (conversation.isEmpty()) {
                conversation = Json.parseObject(node.post("/api/conversations", "{}"))
                        .string("id")
                        .orElseThrow();
            }
            int most = 1 + random.nextInt(MOST_CONFIRMED);
            int nanos = random.nextInt(MOST_NANOS);
            Semaphore done = new Semaphore(0);
            FutureTask<Void> use = new FutureTask<>(() -> use(node, done));
            Thread.ofVirtual().start(use);
            assertTrue(done.tryAcquire(most, PATIENCE_SECONDS, TimeUnit.SECONDS), which + ": " + node.output());
            // Somewhere within what comes next, not right after what was confirmed.
            boolean ended = node.process().waitFor(nanos, TimeUnit.NANOSECONDS);
            assertFalse(ended, () -> which + ": it ended by itself: " + node.output());
            kill(node.process());
            use.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Talks, lets it calculate and switches, until nobody is there any more. */
    private Void use(RunningNode node, Semaphore done) throws InterruptedException {
        try {
            while (true) {
                asked++;
                String answer =
                        node.post("/api/world/command", "{\"device\":\"lamp\",\"change\":{\"count\":" + asked + "}}");
                assertTrue(answer.contains("\"confirmed\""), answer);
                done.release();
                String question = "What is " + asked + " * 7?";
                String turn = node.post(
                        "/api/chat", "{\"conversation\":\"" + conversation + "\",\"text\":\"" + question + "\"}");
                if (!turn.contains("event: turn_end")) {
                    return null;
                }
                assertTrue(turn.contains("\"" + asked * 7 + "\"") && turn.contains("\"completed\""), turn);
                confirmed.add(question);
                done.release();
            }
        } catch (IOException e) {
            // It was killed.
            return null;
        }
    }

    private void check(RunningNode node, String which) throws Exception {
        List<String> answered = answered(node);
        // What was under way when it was killed may be there or not.
        List<String> known = new ArrayList<>(answered);
        known.retainAll(confirmed);
        assertEquals(confirmed, known, which);
        confirmed.clear();
        confirmed.addAll(answered);
        int calls = auditLines(which);
        assertTrue(calls >= confirmed.size(), which + ": " + calls + " calls of tools are in the audit log");
        int count = count(node);
        assertTrue(
                count >= keptCount && count <= asked,
                which + ": the house was at " + keptCount + ", then up to " + asked + ", and is at " + count);
        keptCount = count;
        try (Stream<Path> files = Files.walk(pipecat.stateDir())) {
            List<Path> aside =
                    files.filter(file -> file.toString().contains(".broken")).toList();
            assertEquals(List.of(), aside, which + ": set aside as unreadable");
        }
    }

    private List<String> answered(RunningNode node) throws Exception {
        List<String> answered = new ArrayList<>();
        if (conversation.isEmpty()) {
            return answered;
        }
        String asks = "";
        JsonObject whole = Json.parseObject(node.get("/api/conversations/" + conversation));
        for (JsonObject message :
                whole.array("messages").orElseThrow().objects().toList()) {
            asks = message.string("text").orElse(asks);
            if (message.string("finish").filter("completed"::equals).isPresent()) {
                answered.add(asks);
            }
        }
        return answered;
    }

    /** Each of them is whole. */
    private int auditLines(String which) throws IOException {
        Path log = pipecat.stateDir().resolve("audit/tool-calls.jsonl");
        if (!Files.exists(log)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(log);
        for (String line : lines) {
            try {
                assertTrue(Json.parseObject(line).string("tool").isPresent(), line);
            } catch (JsonException e) {
                throw new AssertionError(which + ": a broken line in the audit log: " + line, e);
            }
        }
        return lines.size();
    }

    private static int count(RunningNode node) throws Exception {
        JsonObject lamp = Json.parseObject(node.get("/api/world"))
                .array("devices")
                .orElseThrow()
                .objects()
                .findFirst()
                .orElseThrow();
        return lamp.object("state").orElseThrow().number("count").orElseThrow().toInt();
    }
}
