package io.pipecat.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs each target over the inputs that are kept for it: examples, and what once broke it. */
final class CorpusTest {
    private static final Path CORPUS = Path.of("src/test/corpus");
    private static final Path SOURCES = Path.of("src/test/java");
    private static final String ENDING = "Fuzz.java";
    /** An input that keeps a parser busy for ever must not keep the build; no input here takes a hundredth of it. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TestFactory
    List<DynamicNode> inputs() throws IOException {
        return targets().entrySet().stream()
                .map(target -> dynamicContainer(
                        target.getKey(), inputs(target.getKey()).map(file -> run(target.getValue(), file))))
                .map(DynamicNode.class::cast)
                .toList();
    }

    @Test
    void everyTargetHasInputsAndAllInputsHaveATarget() throws IOException {
        try (Stream<Path> folders = Files.list(CORPUS)) {
            assertEquals(
                    targets().keySet(),
                    folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet()));
        }
        for (String target : targets().keySet()) {
            assertFalse(inputs(target).toList().isEmpty(), target);
        }
    }

    private static DynamicNode run(String type, Path file) {
        return dynamicTest(file.getFileName().toString(), () -> {
            Method target = Class.forName(type).getMethod("fuzzerTestOneInput", byte[].class);
            byte[] data = Files.readAllBytes(file);
            Assertions.assertTimeoutPreemptively(LONGEST, () -> {
                try {
                    target.invoke(null, (Object) data);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        });
    }

    /** The classes of the targets by their simple names. */
    private static Map<String, String> targets() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<String, String> targets = new TreeMap<>();
            files.map(file -> SOURCES.relativize(file).toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file ->
                            file.substring(0, file.length() - ".java".length()).replace('/', '.'))
                    .forEach(type -> targets.put(type.substring(type.lastIndexOf('.') + 1), type));
            return targets;
        }
    }

    private static Stream<Path> inputs(String target) {
        try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
