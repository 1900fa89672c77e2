package io.pipecat.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The commands in the documents do what the documents say: each is run, or says why it is not. */
class CommandsTest {
    /** A session in a terminal is in it too: what follows {@code $} is the command. */
    private static final Set<String> COMMANDS = Set.of("sh", "console");

    private static final Pattern FILE = Pattern.compile("file: (\\S+)");

    @TempDir
    private Path folder;

    private static boolean isRun(Document document) {
        return document.blocks().stream()
                .anyMatch(block -> Mark.of(block.mark()).orElse(null) instanceof Mark.Run);
    }

    private static List<String> unmarked(List<Document> documents) {
        List<String> broken = new ArrayList<>();
        for (Document document : documents) {
            for (Document.Block block : document.blocks()) {
                if (block.language().isEmpty()) {
                    broken.add(block + " has no language: name one after the fence (text for none)");
                } else if (COMMANDS.contains(block.language())
                        && Mark.of(block.mark()).isEmpty()) {
                    broken.add(block + " says neither that it is run nor why not: write above it " + Mark.FORMS);
                }
            }
        }
        return broken;
    }

    @Test
    void everyBlockSaysWhatItIs() throws IOException {
        assertEquals(List.of(), unmarked(Documents.all()));
    }

    /** The blocks of a document run in its order and in one place, so that a later one finds what an earlier one made. */
    @TestFactory
    Stream<DynamicTest> commands() throws IOException {
        return Documents.all().stream()
                .filter(CommandsTest::isRun)
                .map(document -> DynamicTest.dynamicTest(document.name(), () -> run(document)));
    }

    private void run(Document document) throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve(document.name().replace('/', '_')));
        List<String> failed = new ArrayList<>();
        try (Sandbox sandbox = new Sandbox(place, Documents.usable())) {
            for (Document.Block block : document.blocks()) {
                Matcher file = FILE.matcher(block.mark());
                if (file.matches()) {
                    sandbox.write(file.group(1), block.text());
                } else if (COMMANDS.contains(block.language())
                        && Mark.of(block.mark()).orElse(null) instanceof Mark.Run mark) {
                    complaint(sandbox.run(mark, commands(block)), mark).ifPresent(text -> failed.add(block + text));
                }
            }
        }
        assertEquals("", String.join("\n", failed));
    }

    private static Optional<String> complaint(Sandbox.Result result, Mark.Run mark) {
        if (!mark.ready().isEmpty()) {
            return result.served()
                    ? Optional.empty()
                    : Optional.of(" ended without having written '" + mark.ready() + "':\n" + result.output());
        }
        return result.code() == mark.code()
                ? Optional.empty()
                : Optional.of(" ended with code " + result.code() + ":\n" + result.output());
    }

    private static String commands(Document.Block block) {
        return block.language().equals("sh")
                ? block.text()
                : block.text()
                        .lines()
                        .filter(line -> line.startsWith("$ "))
                        .map(line -> line.substring(2))
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void aBlockWithoutAMarkIsTold() throws IOException {
        Files.writeString(folder.resolve("a.md"), """
                <!-- run -->
                ```sh
                true
                ```
                ```sh
                false
                ```
                <!-- not run: no -->
                ```console
                $ false
                ```
                ```
                nothing
                ```
                """);
        List<String> broken = unmarked(List.of(Documents.of(folder, "a.md")));
        assertEquals(3, broken.size(), broken::toString);
        assertTrue(broken.get(0).startsWith("a.md:5 (false)"), broken::toString);
        assertTrue(broken.get(1).startsWith("a.md:9 ($ false)"), broken::toString);
        assertTrue(broken.get(2).startsWith("a.md:12 (nothing) has no language"), broken::toString);
    }

    @Test
    void whatFailsIsTold() throws Exception {
        try (Sandbox sandbox = new Sandbox(folder, List.of())) {
            Mark.Run plain = new Mark.Run(0, "", Optional.empty());
            assertEquals(Optional.empty(), complaint(sandbox.run(plain, "true"), plain));
            assertTrue(complaint(sandbox.run(plain, "echo why; false; true"), plain)
                    .orElse("")
                    .contains("code 1:\nwhy"));
            Mark.Run serves = new Mark.Run(0, "ready", Optional.empty());
            assertTrue(complaint(sandbox.run(serves, "echo no"), serves).isPresent());
            assertEquals(Optional.empty(), complaint(sandbox.run(serves, "echo ready; sleep 1000"), serves));
            Mark.Run beside = new Mark.Run(
                    0, "", Optional.of(new Mark.Beside("echo here > made; echo ready; sleep 1000", "ready")));
            assertEquals(Optional.empty(), complaint(sandbox.run(beside, "grep here made"), beside));
        }
    }
}
