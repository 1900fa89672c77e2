package io.pipecat.tools.local.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.Placement;
import io.pipecat.api.tool.Tool;
import io.pipecat.tools.local.Calls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tool does with files that it may use. Ways out are in {@link FilesEscapeTest}. */
class FilesToolTest {
    @TempDir
    Path root;

    private Tool tool;

    @BeforeEach
    void makeTool() {
        tool = Tool.annotated(new FilesTool(List.of(root)));
    }

    private JsonObject call(String method, String... arguments) throws Exception {
        return Calls.object(tool, method, arguments(arguments));
    }

    private String failure(String method, String... arguments) {
        return Calls.failure(tool, method, arguments(arguments));
    }

    private static JsonObject arguments(String... pairs) {
        JsonObject.Builder builder = JsonObject.builder();
        for (int i = 0; i < pairs.length; i += 2) {
            builder.put(pairs[i], pairs[i + 1]);
        }
        return builder.build();
    }

    private static List<String> members(JsonObject result, String list, String member) {
        return result.array(list).orElse(new JsonArray(List.of())).elements().stream()
                .map(JsonObject.class::cast)
                .map(object -> object.get(member).orElseThrow())
                .map(value -> value instanceof JsonString string ? string.value() : value.toString())
                .toList();
    }

    @Test
    void isNotHeavy() {
        assertEquals(Placement.NORMAL, tool.spec().placement());
    }

    @Test
    void readsWhatItWrote() throws Exception {
        JsonObject written = call("write", "path", "notes/2026/a ü.txt", "content", "Grüße 😀\nzwei\n");
        Path file = root.resolve("notes/2026/a ü.txt");
        assertEquals(file.toString(), written.string("path").orElseThrow());
        assertTrue(written.bool("created").orElseThrow());
        assertEquals("Grüße 😀\nzwei\n", Files.readString(file));
        JsonObject read = call("read", "path", file.toString());
        assertEquals("Grüße 😀\nzwei\n", read.string("content").orElseThrow());
        assertEquals(2, read.number("total_lines").orElseThrow().toInt());
        assertFalse(read.bool("truncated").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 'a,b,', true", "2, 2, 'b,c,', true", "4, 9, 'd,', false", "9, 1, '', false"})
    void readsSomeLines(int offset, int limit, String expected, boolean more) throws Exception {
        Files.writeString(root.resolve("f"), "a\nb\nc\nd");
        JsonObject arguments = JsonObject.builder()
                .put("path", "f")
                .put("offset", offset)
                .put("limit", limit)
                .build();
        JsonObject read = Calls.object(tool, "read", arguments);
        assertEquals(expected.replace(',', '\n'), read.string("content").orElseThrow());
        assertEquals(more, read.bool("truncated").orElseThrow());
    }

    @Test
    void aLongFileIsReadInParts() throws Exception {
        Files.writeString(root.resolve("f"), "0123456789\n".repeat(50_000));
        JsonObject arguments =
                JsonObject.builder().put("path", "f").put("limit", 50_000).build();
        JsonObject read = Calls.object(tool, "read", arguments);
        int length = read.string("content").orElseThrow().length();
        assertTrue(length > 60_000 && length < 80_000, () -> "" + length);
        assertTrue(read.bool("truncated").orElseThrow());
        Files.writeString(root.resolve("g"), "x".repeat(1_000_000));
        assertTrue(call("read", "path", "g").string("content").orElseThrow().length() <= 65_537);
    }

    @Test
    void aHugeFileIsRefused() throws Exception {
        try (var file = new java.io.RandomAccessFile(root.resolve("f").toFile(), "rw")) {
            file.setLength(1L << 33);
        }
        assertTrue(failure("read", "path", "f").contains("has 8589934592 bytes, where at most 8388608 are taken"));
    }

    @Test
    void binaryFilesAreNamedSo() throws Exception {
        Files.write(root.resolve("a"), new byte[] {'a', 0, 'b'});
        Files.write(root.resolve("b"), new byte[] {'a', (byte) 0xFF, 'b'});
        for (String name : List.of("a", "b")) {
            assertEquals(
                    "'" + root.resolve(name) + "' is a binary file of 3 bytes, not text in UTF-8.",
                    failure("read", "path", name));
            assertTrue(failure("patch", "path", name, "old_text", "a", "new_text", "b")
                    .contains("is a binary file"));
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertTrue(failure("read", "path", "x").startsWith("There is no '" + root.resolve("x") + "'."));
        assertTrue(failure("read", "path", "x/y/z").startsWith("There is no '" + root.resolve("x") + "'."));
        assertTrue(failure("list", "path", "x").startsWith("There is no '" + root.resolve("x") + "'."));
        assertTrue(failure("read", "path", ".").contains("is a folder"));
    }

    @Test
    void writingReplacesInOneStepAndKeepsTheRights() throws Exception {
        Path file = Files.writeString(root.resolve("run.sh"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Path hardLink = Files.createLink(root.resolve("second"), file);
        JsonObject written = call("write", "path", "run.sh", "content", "new");
        assertFalse(written.bool("created").orElseThrow());
        assertEquals("new", Files.readString(file));
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("old", Files.readString(hardLink));
        assertEquals(List.of("run.sh", "second"), names());
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFailedWriteLeavesNothing() throws Exception {
        Files.createDirectory(root.resolve("folder"));
        assertTrue(failure("write", "path", "folder", "content", "a").contains("is not a file but a folder"));
        assertTrue(
                failure("write", "path", "x/" + "n".repeat(300), "content", "a").contains("name too long"));
        assertTrue(failure("write", "path", "y", "content", "\uD800").contains("lone surrogate"));
        Files.writeString(root.resolve("file"), "old");
        assertTrue(failure("write", "path", "file/below", "content", "a").contains("is not a folder but a file"));
        assertEquals(List.of("file", "folder", "x"), names());
    }

    @Test
    void patchReplacesTheOnlyPlace() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "a = 1\nb = 1\n");
        call("patch", "path", "f", "old_text", "b = 1", "new_text", "b = $2\\");
        assertEquals("a = 1\nb = $2\\\n", Files.readString(file));
    }

    @Test
    void patchRefusesWhatIsNotClear() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "x\naa\naaa\n");
        assertTrue(
                failure("patch", "path", "f", "old_text", "aa", "new_text", "b").contains(" 3 times (lines 2, 3, 3)"));
        Files.writeString(root.resolve("large"), "a\n".repeat(2 << 20));
        assertTrue(failure("patch", "path", "large", "old_text", "a", "new_text", "b")
                .contains(" at least 1000 times (lines 1, 2, 3,"));
        assertTrue(
                failure("patch", "path", "f", "old_text", "A", "new_text", "b").contains("is not in"));
        assertTrue(
                failure("patch", "path", "f", "old_text", "", "new_text", "b").contains("is empty"));
        assertTrue(
                failure("patch", "path", "g", "old_text", "a", "new_text", "b").contains("There is no"));
        assertEquals("x\naa\naaa\n", Files.readString(file));
    }

    @Test
    void changesOfOneFileAreNotLost() throws Exception {
        Files.writeString(root.resolve("f"), "0;1;2;3;4;5;6;7;");
        AtomicInteger failed = new AtomicInteger();
        List<Thread> calls = Stream.iterate(0, i -> i < 8, i -> i + 1)
                .map(i -> Thread.startVirtualThread(() -> {
                    try {
                        call("patch", "path", "f", "old_text", i + ";", "new_text", "x");
                    } catch (Exception e) {
                        failed.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread call : calls) {
            call.join();
        }
        assertEquals(0, failed.get());
        assertEquals("xxxxxxxx", Files.readString(root.resolve("f")));
    }

    @Test
    void listsWithTypes() throws Exception {
        Files.writeString(root.resolve("b.txt"), "abc");
        Files.createDirectory(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("c"), root.resolve("b.txt"));
        JsonObject listing = call("list");
        assertEquals(List.of("a", "b.txt", "c"), members(listing, "entries", "name"));
        assertEquals(List.of("folder", "file", "link"), members(listing, "entries", "type"));
        assertEquals("3", members(listing, "entries", "bytes").get(1));
        assertEquals(
                JsonValue.from(List.of(root.toString())), listing.get("allowed").orElseThrow());
        assertTrue(failure("list", "path", "b.txt").contains("is not a folder but a file"));
    }

    @Test
    void aFullFolderIsCut() throws Exception {
        for (int i = 0; i < 1005; i++) {
            Files.createFile(root.resolve("f" + i));
        }
        JsonObject listing = call("list");
        assertEquals(1000, members(listing, "entries", "name").size());
        assertTrue(listing.bool("truncated").orElseThrow());
    }

    @Test
    void searchesBelow() throws Exception {
        Files.createDirectories(root.resolve("a/b/.git"));
        Files.writeString(root.resolve("a/one"), "x\nTODO: eins\n");
        Files.writeString(root.resolve("a/b/two"), "todo\n\nTODO zwei\n");
        Files.writeString(root.resolve("a/b/.git/three"), "TODO\n");
        Files.write(root.resolve("a/four"), new byte[] {'T', 'O', 'D', 'O', 0});
        JsonObject found = call("search", "pattern", "TODO.*[es]", "path", "a");
        assertEquals(List.of("TODO zwei", "TODO: eins"), members(found, "matches", "text"));
        assertEquals(List.of("3", "2"), members(found, "matches", "line"));
        assertEquals(
                1,
                members(call("search", "pattern", "(?i)x", "path", "a/one"), "matches", "path")
                        .size());
        assertEquals(
                3,
                members(call("search", "pattern", "(?i)todo"), "matches", "path")
                        .size());
    }

    @Test
    void manyMatchesAreCut() throws Exception {
        Files.writeString(root.resolve("f"), ("a" + "b".repeat(1000) + "\n").repeat(500));
        JsonObject found = call("search", "pattern", "a");
        assertEquals(200, members(found, "matches", "text").size());
        assertEquals(301, members(found, "matches", "text").getFirst().length());
        assertTrue(found.bool("truncated").orElseThrow());
    }

    @Test
    void aPatternThatIsNoneIsExplained() {
        assertTrue(failure("search", "pattern", "a(").startsWith("The pattern 'a(' is not a regular expression"));
        assertTrue(failure("search", "pattern", "").contains("1 to 1000 characters"));
    }

    /** Either would otherwise not end, or end with the stack. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+b", "(.|\\s)*b"})
    void aPatternThatRunsAwayIsEnded(String pattern) throws Exception {
        Files.writeString(root.resolve("f"), "a".repeat(50_000));
        assertTrue(failure("search", "pattern", pattern).contains("takes too long"));
    }
}
