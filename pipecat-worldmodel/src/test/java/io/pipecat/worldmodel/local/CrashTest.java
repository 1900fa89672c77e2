package io.pipecat.worldmodel.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.WorldModel;
import io.pipecat.testkit.node.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose process is killed in the middle of writing. */
final class CrashTest {
    private static final int TOPICS = 200;
    private static final int KILLS = 8;
    private static final int MOST_DELAY = 900;

    @TempDir
    private Path dir;

    private static WorldModel open(Path folder) throws Exception {
        TestNode node =
                TestNode.builder().clock(Clock.systemUTC()).stateDir(folder).build();
        return new LocalWorldModelProvider().create(node, List.of(new FakeSystem()));
    }

    /** The process that is killed: counts up, each number in one of some topics and in one that all share. */
    public static final class Victim {
        private Victim() {}

        /**
         * Counts until it is killed.
         *
         * @param args the folder, and where to begin
         * @throws Exception if it cannot
         */
        @SuppressWarnings("SystemOut") // It is a program of its own.
        public static void main(String[] args) throws Exception {
            WorldModel model = open(Path.of(args[0]));
            long n = Long.parseLong(args[1]);
            System.out.println("counting");
            System.out.flush();
            while (true) {
                n++;
                JsonValue value = JsonNumber.of(n);
                model.update("t/" + n % TOPICS, value);
                model.update("last", value);
                if (n % 1000 == 0) {
                    Thread.sleep(1);
                }
            }
        }
    }

    @Test
    void keepsOneStateOfThePastWheneverItIsKilled() throws Exception {
        Random random = new Random(11);
        long from = 0;
        int advanced = 0;
        for (int i = 0; i < KILLS; i++) {
            runAndKill(from, random.nextInt(MOST_DELAY));
            try (WorldModel model = open(dir)) {
                long kept = number(model, "last").orElse(0L);
                assertTrue(i == 0 || kept >= from - TOPICS, "kill " + i + ": what was kept before is gone");
                advanced += kept > from ? 1 : 0;
                // Not parts of several states: each topic has the last number that is its own, or one more of its own
                // where
                // the writing came between it and the number that all share.
                for (int t = 0; t < TOPICS; t++) {
                    long own = kept - Math.floorMod(kept - t, TOPICS);
                    long found = number(model, "t/" + t).orElse(0L);
                    assertTrue(
                            found == own || found == own + TOPICS || own < TOPICS,
                            "kill " + i + ": t/" + t + " is " + found + " where the last is " + kept);
                }
                assertEquals(0, model.state().devices().size());
                from = kept + TOPICS;
            }
        }
        // A kill in the middle of the first writing leaves nothing of it.
        assertTrue(advanced > KILLS / 2, "only " + advanced + " kills left anything that was written");
    }

    private static Optional<Long> number(WorldModel model, String topic) {
        return model.state().get(topic).map(value -> ((JsonNumber) value).toLong());
    }

    private Process victim(long from) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        dir.toString(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void awaitWriting(Process victim) throws IOException {
        Path file = dir.resolve("world").resolve("state.mv");
        FileTime begun = Files.getLastModifiedTime(file);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.getLastModifiedTime(file).equals(begun)) {
            assertTrue(victim.isAlive() && System.nanoTime() < end, "nothing is written");
            Thread.onSpinWait();
        }
    }

    /** Kills the process some time after it has begun to write, mostly while it writes again. */
    private void runAndKill(long from, int delay) throws IOException, InterruptedException {
        Process victim = victim(from);
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            // It says when it has counted past what it knows to be on disk.
            String line = out.readLine();
            assertEquals("counting", line);
            awaitWriting(victim);
            victim.waitFor(delay, TimeUnit.MILLISECONDS);
            assertTrue(victim.isAlive(), "it ended by itself");
        } finally {
            victim.destroyForcibly();
            assertTrue(victim.waitFor(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void besideAProcessThatWritesOneStateOfThePastIsRead() throws Exception {
        Process victim = victim(0);
        long last = 0;
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("counting", out.readLine());
            awaitWriting(victim);
            for (int i = 0; i < 10; i++) {
                awaitWriting(victim);
                StateFile.Opened opened = StateFile.open(dir.resolve("world"), Instant.now());
                assertTrue(opened.file().isEmpty(), "both write");
                long kept = opened.kept()
                        .value("last")
                        .map(value -> ((JsonNumber) value).toLong())
                        .orElse(-1L);
                assertTrue(kept >= last, "look " + i + ": " + kept + " after " + last);
                last = kept;
            }
            assertTrue(victim.isAlive());
        } finally {
            victim.destroyForcibly();
            assertTrue(victim.waitFor(20, TimeUnit.SECONDS));
        }
        try (WorldModel model = open(dir)) {
            assertTrue(number(model, "last").orElse(0L) >= last, "what was written is gone");
        }
    }
}
