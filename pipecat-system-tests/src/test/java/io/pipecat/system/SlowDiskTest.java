package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk on which writing takes as long as the test likes. */
@Timeout(300)
class SlowDiskTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Pipecat node() throws Exception {
        return new Pipecat(folder).with("WEB_PORT", "0");
    }

    private static String light(String state) {
        return "{\"device\":\"kitchen_light\",\"change\":{\"state\":\"" + state + "\"}}";
    }

    @Test
    void nobodyWaitsForTheDiskOfTheHouseButTheEndOfTheNodeWhichSaysSo() throws Exception {
        Pipecat pipecat = node();
        try (HangingDisk disk = new HangingDisk(folder, pipecat.stateDir().resolve("world"))) {
            try (RunningNode node = new RunningNode(pipecat)) {
                node.answers();
                disk.hang();
                for (String state : new String[] {"on", "off", "on"}) {
                    node.post("/api/world/command", light(state));
                    assertEquals(state.equals("on"), node.get("/api/world").contains("\"state\":\"on\""));
                }
                node.answers();
                node.get("/health");
                node.process().toHandle().destroy();
                Await.until(
                        () -> "it says what it waits for: " + node.output(),
                        LONG,
                        () -> node.output().contains("Waiting for the disk")
                                && node.output()
                                        .contains(pipecat.stateDir()
                                                .resolve("world")
                                                .toString()));
                assertTrue(node.process().isAlive());
                disk.goOn();
                assertTrue(node.process().waitFor(60, TimeUnit.SECONDS));
                assertEquals(143, node.process().exitValue());
            }
            try (RunningNode node = new RunningNode(pipecat)) {
                assertTrue(node.get("/api/world").contains("\"state\":\"on\""), "nothing was lost");
                assertEquals(143, node.stop());
            }
        }
    }

    @Test
    void whatOnlyReadsDoesNotWaitForWhoWrites() throws Exception {
        Pipecat pipecat = node();
        try (HangingDisk disk = new HangingDisk(folder, pipecat.stateDir())) {
            try (RunningNode node = new RunningNode(pipecat)) {
                node.answers();
                disk.hang();
                CompletableFuture<String> turn = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> {
                    try {
                        turn.complete(node.say("What is 6 * 7?"));
                    } catch (Exception e) {
                        turn.completeExceptionally(e);
                    }
                });
                Await.until("the turn waits for the disk", LONG, node::waitsForDisk);
                assertTrue(node.get("/api/conversations?query=391").contains(RunningNode.SUM));
                node.get("/health");
                node.get("/api/node");
                node.post("/api/world/command", light("on"));
                assertTrue(node.get("/api/world").contains("\"state\":\"on\""));
                assertFalse(turn.isDone(), "what was confirmed is on the disk, so this waits");
                disk.goOn();
                String events = turn.get(LONG.toSeconds(), TimeUnit.SECONDS);
                assertTrue(events.contains("42") && events.contains("\"finish\":\"completed\""), events);
                assertEquals(143, node.stop());
            }
            try (RunningNode node = new RunningNode(pipecat)) {
                assertTrue(node.get("/api/conversations?query=42").contains("6 * 7"));
                assertEquals(143, node.stop());
            }
        }
    }
}
