package io.pipecat.worldmodel.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.testkit.node.TestNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that give back something else than was written. */
final class DamagedFileTest {
    private static final int TOPICS = 8_000;
    private static final int TRIES = 30;

    @TempDir
    private Path dir;

    @Test
    void aFileThatIsDamagedAnywhereIsReadOrSetAside() throws Exception {
        Path sound = write();
        byte[] bytes = Files.readAllBytes(sound);
        Random random = new Random(7);
        int setAside = 0;
        for (int i = 0; i < TRIES; i++) {
            Path folder = Files.createDirectories(dir.resolve("try" + i));
            Files.write(folder.resolve("state.mv"), damaged(bytes, random));
            StateFile.Opened opened = StateFile.open(folder, TestNode.NOW);
            setAside += opened.setAside().isPresent() ? 1 : 0;
            try (StateFile file = opened.file().orElseThrow()) {
                // It is of use from now on.
                file.write(List.of(new StateFile.Entry("new", Optional.of(JsonNumber.of(i)))));
            }
            StateFile.Opened again = StateFile.open(folder, TestNode.NOW.plusSeconds(1));
            again.file().orElseThrow().close();
            assertEquals(Optional.of(JsonNumber.of(i)), again.kept().value("new"));
        }
        assertTrue(setAside > 0, "no damage was noticed");
    }

    @Test
    void filesThatAreSetAsideAtTheSameTimeAreAllKept() throws Exception {
        Path file = dir.resolve("state.mv");
        for (String text : List.of("one", "another", "a third")) {
            Files.writeString(file, text);
            // A machine without a clock of its own starts at the same time each time.
            StateFile.Opened opened = StateFile.open(dir, Instant.EPOCH);
            opened.file().orElseThrow().close();
            assertEquals(text, Files.readString(opened.setAside().orElseThrow()));
        }
        assertEquals("one", Files.readString(dir.resolve("state.mv.broken-0")));
        assertEquals("another", Files.readString(dir.resolve("state.mv.broken-0-2")));
    }

    private Path write() throws Exception {
        Path folder = Files.createDirectories(dir.resolve("sound"));
        try (StateFile file = StateFile.open(folder, TestNode.NOW).file().orElseThrow()) {
            for (int round = 0; round < 4; round++) {
                List<StateFile.Entry> entries = new ArrayList<>();
                for (int i = round; i < TOPICS; i += 4) {
                    entries.add(new StateFile.Entry("home/room" + i + "/light", Optional.of(JsonNumber.of(i))));
                }
                file.write(entries);
            }
        }
        return folder.resolve("state.mv");
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes =
                random.nextInt(4) == 0 ? java.util.Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
        int from = random.nextInt(Math.max(1, bytes.length));
        int length = Math.min(bytes.length - from, 1 << random.nextInt(13));
        for (int i = from; i < from + length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
