package io.pipecat.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path folder;

    private Path state;
    private Path archive;

    @BeforeEach
    void fill() throws IOException {
        state = folder.resolve("state");
        archive = folder.resolve("backup.zip");
        put("format", "1\n");
        put("audit/tool-calls.jsonl", "{}\n");
        put("world/state.log", "grüße");
        put("aot/1.aot", "made again");
        put("models/big.gguf", "made again");
    }

    private void put(String name, String text) throws IOException {
        Path file = state.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatWasWrittenComesBack() throws Exception {
        assertEquals(3, StateArchive.write(state, NOW, archive));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)));
        Path restored = folder.resolve("new/state");
        assertEquals(3, StateArchive.restore(archive, restored));
        assertEquals(List.of("audit/tool-calls.jsonl", "format", "world/state.log"), files(restored));
        assertEquals("grüße", Files.readString(restored.resolve("world/state.log")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(restored)));
        assertEquals(
                Files.getLastModifiedTime(state.resolve("format")).toMillis() / 2000,
                Files.getLastModifiedTime(restored.resolve("format")).toMillis() / 2000);
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        StateArchive.write(state, NOW, archive);
        IOException again = assertThrows(IOException.class, () -> StateArchive.write(state, NOW, archive));
        assertTrue(again.getMessage().contains("is there already"), again.getMessage());
        IOException occupied = assertThrows(IOException.class, () -> StateArchive.restore(archive, state));
        assertTrue(occupied.getMessage().contains("holds something already"), occupied.getMessage());
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        put("format", (StateDir.FORMAT + 1) + "\n");
        StateArchive.write(state, NOW, archive);
        assertRefused("newer pipecat");
    }

    @Test
    void anOlderFormatIsMigratedWhenTheNodeOpensIt() throws Exception {
        Files.delete(state.resolve("format"));
        StateArchive.write(state, NOW, archive);
        Path restored = folder.resolve("restored");
        StateArchive.restore(archive, restored);
        assertEquals(0, StateDir.format(restored));
        try (Node node = Node.builder()
                .classLoader(FakeProviders.class.getClassLoader())
                .settings(
                        "test",
                        Map.of("state_dir", restored.toString(), "llama_api_url_override", "http://127.0.0.1:9"))
                .build()) {
            assertEquals(StateDir.FORMAT, StateDir.format(node.context().stateDir()));
        }
        assertEquals("{}\n", Files.readString(restored.resolve("audit/tool-calls.jsonl")));
    }

    @Test
    void whatIsNoBackupIsRefusedAndLeavesNothing() throws Exception {
        Files.writeString(archive, "no archive");
        assertRefused("no backup made by pipecat");
        zip(Map.of("pipecat-state.json", "{\"format\":"));
        assertRefused("damaged");
        zip(Map.of("pipecat-state.json", "{}"));
        assertRefused("what format it has");
    }

    @Test
    void aFileOutsideIsRefused() throws Exception {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "pipecat-state.json", "{\"format\":1}");
            entry(zip, "good", "1");
            entry(zip, "../evil", "2");
        }
        assertRefused("outside");
        assertFalse(Files.exists(folder.resolve("evil")));
    }

    @Test
    void aDamagedArchiveLeavesNothing() throws Exception {
        StateArchive.write(state, NOW, archive);
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
        Path restored = folder.resolve("target");
        assertThrows(IOException.class, () -> StateArchive.restore(archive, restored));
        assertFalse(Files.exists(restored));
    }

    private void zip(Map<String, String> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> each : entries.entrySet()) {
                entry(zip, each.getKey(), each.getValue());
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void assertRefused(String words) throws IOException {
        Path target = folder.resolve("target");
        IOException e = assertThrows(IOException.class, () -> StateArchive.restore(archive, target));
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertFalse(Files.exists(target));
        assertTrue(files(folder).stream().noneMatch(name -> name.contains("restore")), "left behind");
    }
}
