package io.pipecat.tools.local.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolException;
import io.pipecat.testkit.RequiredPart;
import io.pipecat.tools.local.Calls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesEscapeTest {
    private static final RequiredPart MKFIFO = RequiredPart.of("mkfifo", "Debian package coreutils");

    @TempDir
    Path folder;

    private Path root;
    private Path outside;
    private Tool tool;

    @BeforeEach
    void makeFolders() throws Exception {
        root = Files.createDirectories(folder.resolve("root"));
        outside = Files.createDirectories(folder.resolve("rootless"));
        Files.writeString(outside.resolve("secret"), "s3cret");
        Files.createDirectory(root.resolve("sub"));
        tool = Tool.annotated(new FilesTool(List.of(root)));
    }

    private static JsonObject arguments(String method, String path) {
        JsonObject.Builder builder = JsonObject.builder().put("path", path);
        return switch (method) {
            case "write" -> builder.put("content", "mine").build();
            case "patch" ->
                builder.put("old_text", "s3cret").put("new_text", "mine").build();
            case "search" -> builder.put("pattern", "s3cret").build();
            default -> builder.build();
        };
    }

    private void refused(String path, String why) throws Exception {
        for (String method : List.of("read", "write", "patch", "list", "search")) {
            String message = Calls.failure(tool, method, arguments(method, path));
            assertTrue(message.contains(why), () -> method + ": " + message);
        }
        assertEquals("s3cret", Files.readString(outside.resolve("secret")));
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(1, files.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../rootless/secret",
                "sub/../../rootless/secret",
                "sub/../sub/x",
                "/etc/passwd",
                "/",
                "..",
                "%root%less/secret",
                "%root%/../rootless/secret"
            })
    void pathsThatLeadOutAreRefused(String path) throws Exception {
        refused(path.replace("%root%", root.toString()), "is not within the folders that may be used: " + root);
    }

    @Test
    void aPathWithNulIsNone() throws Exception {
        refused("a\0b", "is not a path");
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("sub/up"), Path.of("../../rootless"));
        refused("link/secret", "is not a folder but a symbolic link, which is not followed");
        refused("sub/up/secret", "is not a folder but a symbolic link, which is not followed");
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        for (String method : List.of("read", "write", "patch")) {
            String message = Calls.failure(tool, method, arguments(method, "file"));
            assertTrue(message.contains("is not a file but a symbolic link"), message);
        }
        JsonObject found = Calls.object(tool, "search", arguments("search", "."));
        assertEquals("[]", found.get("matches").orElseThrow().toString());
        assertEquals("s3cret", Files.readString(outside.resolve("secret")));
    }

    /** The narrowest race, won: the look is over and the name is a link now. */
    @Test
    void whatBecomesALinkAfterTheLookIsNotFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        try (SafeFolder safe = SafeFolder.ofRoot(root)) {
            assertThrows(IOException.class, () -> safe.enter("link").close());
            assertThrows(IOException.class, () -> safe.open("file").close());
        }
    }

    @Test
    void aRootThatIsALinkIsWhatItLeadsTo() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);
        Files.writeString(root.resolve("a"), "text");
        Tool linked = Tool.annotated(new FilesTool(List.of(link)));
        JsonObject read = Calls.object(linked, "read", arguments("read", "a"));
        assertEquals("text\n", read.string("content").orElseThrow());
    }

    @Test
    void pipesAndDevicesAreNotOpened() throws Exception {
        MKFIFO.orSkip();
        Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assertEquals(0, made.waitFor());
        for (String method : List.of("read", "write", "patch")) {
            String message = Calls.failure(tool, method, arguments(method, "pipe"));
            assertTrue(message.contains("is not a file but a device, pipe or socket"), message);
        }
        Calls.object(tool, "search", arguments("search", "."));
        Tool devices = Tool.annotated(new FilesTool(List.of(Path.of("/dev"))));
        assertTrue(Calls.failure(devices, "read", arguments("read", "zero")).contains("device, pipe or socket"));
    }

    /** Somebody exchanges a folder for a link and back, as fast as he can, while the tool goes through it. */
    @Test
    void aRaceDoesNotLeadOut() throws Exception {
        Path flip = root.resolve("flip");
        Path kept = root.resolve("kept");
        Path link = root.resolve("other");
        Files.createDirectory(flip);
        Files.writeString(flip.resolve("secret"), "harmless");
        AtomicBoolean over = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> {
            try {
                while (!over.get()) {
                    Files.move(flip, kept, StandardCopyOption.ATOMIC_MOVE);
                    Files.createSymbolicLink(link, outside);
                    Files.move(link, flip, StandardCopyOption.ATOMIC_MOVE);
                    Files.delete(flip);
                    Files.move(kept, flip, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        int succeeded = 0;
        for (int i = 0; i < 3000; i++) {
            try {
                JsonObject read = Calls.object(tool, "read", arguments("read", "flip/secret"));
                assertFalse(read.string("content").orElseThrow().contains("s3cret"));
                succeeded++;
            } catch (ToolException e) {
                assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
            }
        }
        over.set(true);
        attacker.join();
        // Otherwise it would not have been a race.
        assertTrue(succeeded > 0);
        assertEquals("s3cret", Files.readString(outside.resolve("secret")));
    }

    @Test
    void aRaceDoesNotWriteOutside() throws Exception {
        Path flip = root.resolve("flip");
        Path kept = root.resolve("kept");
        Files.createDirectory(flip);
        AtomicBoolean over = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> {
            try {
                while (!over.get()) {
                    Files.move(flip, kept, StandardCopyOption.ATOMIC_MOVE);
                    Files.createSymbolicLink(flip, outside);
                    Files.delete(flip);
                    Files.move(kept, flip, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                // The tool made the folder while it was away: the race goes on without us.
                over.set(true);
            }
        });
        for (int i = 0; i < 500; i++) {
            try {
                Calls.object(tool, "write", arguments("write", "flip/new/file" + i));
            } catch (ToolException e) {
                assertEquals(ToolException.Reason.FAILED, e.reason());
            }
        }
        over.set(true);
        attacker.join();
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(List.of(outside.resolve("secret")), files.toList());
        }
    }
}
