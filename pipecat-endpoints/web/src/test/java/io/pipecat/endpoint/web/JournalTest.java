package io.pipecat.endpoint.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.api.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are added to a file. */
class JournalTest {
    private static final JsonObject ONE = JsonObject.of("text", "one");
    private static final JsonObject TWO = JsonObject.of("text", "zwei \u00e4\n");

    @TempDir
    private Path folder;

    /** A process may die at any byte of a line. */
    @Test
    void whateverPartOfALineWasWrittenTheOthersAreKept() throws Exception {
        byte[] line = (TWO + "\n").getBytes(StandardCharsets.UTF_8);
        for (int written = 0; written < line.length; written++) {
            Path file = folder.resolve("cut" + written + ".jsonl");
            Journal journal = new Journal(file);
            journal.create();
            journal.append(ONE);
            byte[] before = Files.readAllBytes(file);
            byte[] torn = java.util.Arrays.copyOf(before, before.length + written);
            System.arraycopy(line, 0, torn, before.length, written);
            Files.write(file, torn);
            Journal next = new Journal(file);
            assertEquals(List.of(ONE), next.read());
            next.append(TWO);
            assertEquals(List.of(ONE, TWO), new Journal(file).read());
        }
    }

    @Test
    void aDamagedLineDoesNotTakeTheOthersAlong() throws Exception {
        Path file = folder.resolve("x.jsonl");
        Journal journal = new Journal(file);
        journal.create();
        journal.append(ONE);
        Files.writeString(file, Files.readString(file) + "\0\0\0\n");
        journal.append(TWO);
        assertEquals(List.of(ONE, TWO), journal.read());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
