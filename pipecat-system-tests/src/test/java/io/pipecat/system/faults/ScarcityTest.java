package io.pipecat.system.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.endpoint.web.KeptConversation;
import io.pipecat.testkit.RequiredPart;
import io.pipecat.testkit.node.TestNode;
import io.pipecat.worldmodel.local.LocalWorldModelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or may only be read: a small file system of the test's own. */
class ScarcityTest {
    private static final int MOST_TURNS = 10_000;
    private static final int FILLING = 256 << 10;

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        RequiredPart.that(
                        "the right to mount a file system",
                        "run the tests as root",
                        () -> run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()))
                .orSkip();
    }

    @AfterEach
    void unmount() {
        if (Files.exists(disk)) {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aFullDiskIsToldAndCostsNothingThatWasConfirmed() throws Exception {
        Path filling = Files.write(disk.resolve("filling"), new byte[FILLING]);
        KeptConversation conversation = new KeptConversation(disk);
        int confirmed = 0;
        IOException full = null;
        while (full == null && confirmed < MOST_TURNS) {
            try {
                conversation.turn(confirmed + 1);
                confirmed++;
            } catch (IOException e) {
                full = e;
            }
        }
        assertTrue(full != null && String.valueOf(full.getMessage()).contains("No space left on device"), "" + full);
        assertTrue(full.getMessage().contains(disk.toString()), full.getMessage());
        KeptConversation.Turns turns = new KeptConversation(disk).turns();
        assertEquals(confirmed, turns.answered());
        assertTrue(turns.begun() <= confirmed + 1, turns.toString());
        Files.delete(filling);
        conversation.turn(turns.begun() + 1);
        assertEquals(confirmed + 1, new KeptConversation(disk).turns().answered(), "the same object goes on");
    }

    @Test
    void aFullDiskDoesNotKeepTheHouseFromBeingKnown() throws Exception {
        TestNode node = TestNode.builder().stateDir(disk).build();
        try (WorldModel house = new LocalWorldModelProvider().create(node, List.of())) {
            Files.write(disk.resolve("filling"), new byte[FILLING]);
            house.update("a", new JsonString("x".repeat(FILLING)));
            house.update("b", JsonNumber.of(1));
            assertEquals(JsonNumber.of(1), house.state().get("b").orElseThrow());
        }
    }

    @Test
    void aDiskThatMayOnlyBeReadIsToldAtTheStart() {
        assertTrue(run("mount", "-o", "remount,ro", disk.toString()), "remounted");
        TestNode node = TestNode.builder().stateDir(disk).build();
        WorldModelException house =
                assertThrows(WorldModelException.class, () -> new LocalWorldModelProvider().create(node, List.of()));
        assertTrue(house.getMessage().contains(disk.toString()), house.getMessage());
        IOException conversation = assertThrows(IOException.class, () -> new KeptConversation(disk));
        assertTrue(conversation.getMessage().contains("Read-only file system"), conversation.getMessage());
    }
}
