package io.pipecat.system.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.world.WorldModel;
import io.pipecat.endpoint.web.KeptConversation;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.worldmodel.local.LocalWorldModelProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that keeps a conversation and a house is killed many times, each time at another point, and goes on where it was. The
 * point is drawn from a seed: -Dpipecat.kills.seed=… draws the same ones again.
 */
class KilledNodesTest {
    private static final int KILLS = Integer.getInteger("pipecat.kills", 100);
    private static final int MOST_TURNS = 40;
    private static final int ENOUGH_TURNS = 20_000;
    private static final int MOST_NANOS = 3_000_000;

    @TempDir
    private Path folder;

    private static WorldModel house(Path folder) throws Exception {
        TestNode node =
                TestNode.builder().clock(Clock.systemUTC()).stateDir(folder).build();
        return new LocalWorldModelProvider().create(node, List.of());
    }

    /** The process that is killed. */
    public static final class Victim {
        private Victim() {}

        /**
         * Takes turns until it is killed.
         *
         * @param args the state folder
         * @throws Exception if it cannot
         */
        @SuppressWarnings("SystemOut") // It is a program of its own.
        public static void main(String[] args) throws Exception {
            Path state = Path.of(args[0]);
            KeptConversation conversation = new KeptConversation(state);
            WorldModel house = house(state);
            int turn = conversation.turns().begun();
            System.out.println("ready");
            while (true) {
                turn++;
                conversation.turn(turn);
                house.update("count/a", JsonNumber.of(turn));
                house.update("count/b", JsonNumber.of(turn));
                System.out.println(turn);
            }
        }
    }

    @Test
    void losesNothingThatWasConfirmedWheneverItIsKilled(TestReporter reporter) throws Exception {
        long seed = Long.getLong("pipecat.kills.seed", System.nanoTime());
        reporter.publishEntry("pipecat.kills.seed", Long.toString(seed));
        Random random = new Random(seed);
        KeptConversation.Turns before = new KeptConversation.Turns(0, 0);
        long kept = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            String which = "kill " + kill + " of seed " + seed;
            // A house is written some times a second: every other process lives until its own was, however fast the
            // machine is.
            int confirmed = Math.max(before.begun(), runAndKill(random, kill % 2 == 0, which));
            KeptConversation.Turns turns = new KeptConversation(folder).turns();
            int lost = turns.unanswered() - before.unanswered();
            String story = which + ": " + before + ", then confirmed up to " + confirmed + ", then " + turns;
            assertTrue(turns.begun() == confirmed || turns.begun() == confirmed + 1, story);
            // At most the answer that was being written.
            assertTrue(lost == 0 || (lost == 1 && turns.begun() == confirmed + 1), story);
            kept = house(kept, turns.begun(), which);
            before = turns;
        }
        assertTrue(kept > 0, "nothing was ever written of the house");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> aside =
                    files.filter(file -> file.toString().contains(".broken")).toList();
            assertEquals(List.of(), aside, "set aside as unreadable");
        }
    }

    private long house(long before, int most, String which) throws Exception {
        try (WorldModel house = house(folder)) {
            long a = number(house, "count/a");
            long b = number(house, "count/b");
            assertTrue(a >= before && a <= most, which + ": the house was at " + before + " and is at " + a);
            // a is told first; and a new process goes on from the conversation, not from the house.
            assertTrue(a == b || a == b + 1 || b == before, which + ": parts of two states, " + a + " and " + b);
            return b;
        }
    }

    private static long number(WorldModel house, String topic) {
        return house.state()
                .get(topic)
                .map(value -> ((JsonNumber) value).toLong())
                .orElse(0L);
    }

    private FileTime houseKept() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("world"))) {
            Path state =
                    files.filter(file -> file.endsWith("state.mv")).findFirst().orElseThrow();
            return Files.getLastModifiedTime(state);
        }
    }

    /** Returns the last turn that it confirmed. */
    private int runAndKill(Random random, boolean untilHouseIsKept, String which)
            throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int turns = random.nextInt(MOST_TURNS);
        int nanos = random.nextInt(MOST_NANOS);
        int last = 0;
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            assertEquals("ready", line, which);
            FileTime opened = houseKept();
            int most = untilHouseIsKept ? ENOUGH_TURNS : turns;
            for (int i = 0;
                    line != null && i < most && (i < turns || houseKept().equals(opened));
                    i++) {
                line = out.readLine();
                last = line == null ? last : Integer.parseInt(line);
            }
            // Somewhere within a turn, not right after one.
            long from = System.nanoTime();
            while (System.nanoTime() - from < nanos) {
                Thread.onSpinWait();
            }
            assertTrue(victim.isAlive(), which + ": it ended by itself");
            // Process.destroyForcibly would close what is still to be read.
            victim.toHandle().destroyForcibly();
            for (String rest : out.lines().toList()) {
                last = Integer.parseInt(rest);
            }
        } finally {
            victim.destroyForcibly();
            assertTrue(victim.waitFor(20, TimeUnit.SECONDS));
        }
        return last;
    }
}
