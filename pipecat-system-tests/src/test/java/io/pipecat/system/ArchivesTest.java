package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.json.Json;
import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build puts beside each other for download. */
class ArchivesTest {
    private static final Path DIST = Pipecat.ROOT.resolve("pipecat-dist");
    private static final Pattern NAME = Pattern.compile("pipecat-edge-(.+)-linux-[^-]+\\.tar\\.gz");
    private static final Pattern TIME = Pattern.compile("<project.build.outputTimestamp>(.+)</");

    @TempDir
    private Path folder;

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertTrue(found.find(), text);
        return found.group(1);
    }

    private static String version() {
        return first(NAME, String.valueOf(Archive.of("edge").getFileName()));
    }

    /** Packed again from the same jars; that the jars are the same for a commit is the doing of Maven's plugins. */
    @Test
    void packedTwiceTheyAreTheSameBytes() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                DIST.resolve("runtimes/src/build/Runtimes.java").toString(),
                version(),
                first(TIME, Files.readString(Pipecat.ROOT.resolve("pom.xml"))),
                DIST.resolve("edge/target/lib").toString(),
                DIST.resolve("target/lib").toString(),
                DIST.resolve("runtimes/src/files").toString(),
                folder.toString(),
                Pipecat.ROOT.toString());
        Process packed = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertEquals(0, packed.waitFor(), Files.readString(folder.resolve("log")));
        for (String tier : List.of("edge", "mid", "core", "portable")) {
            Path archive = Archive.of(tier);
            assertEquals(-1, Files.mismatch(archive, folder.resolve(archive.getFileName())), tier);
        }
    }

    @Test
    void portableCarriesTheModelEngineForBothMachines() throws Exception {
        Path home = Archive.unpack("portable", folder);
        try (JarFile llama = new JarFile(jar(home.resolve("lib"), "llama-").toFile())) {
            for (String machine : List.of("x86_64", "aarch64")) {
                assertTrue(
                        llama.stream()
                                .anyMatch(entry -> entry.getName().endsWith("Linux/" + machine + "/libjllama.so")),
                        machine);
            }
        }
    }

    @Test
    void partsListNamesEveryJar() throws Exception {
        for (String tier : List.of("edge", "portable")) {
            Path parts = Archive.of(tier).resolveSibling("pipecat-" + tier + "-" + version() + ".cdx.json");
            RequiredPart.that("the list of parts", "build it online: without -o", () -> Files.exists(parts))
                    .orSkip();
            String listed = Json.parse(Files.readString(parts)).toString();
            Path jars = DIST.resolve(tier.equals("edge") ? "edge/target/lib" : "target/lib");
            for (String jar : Archive.names(jars)) {
                String name = jar.replaceFirst("-\\d.*", "");
                assertTrue(listed.contains("\"name\":\"" + name + "\""), () -> tier + " does not list " + name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "mid", "core", "portable"})
    void carriesTheTermsOfAllThatIsInIt(String tier) throws Exception {
        Path home = Archive.unpack(tier, folder);
        for (String name : List.of("LICENSE", "NOTICE", "THIRD-PARTY.md")) {
            assertEquals(-1, Files.mismatch(Pipecat.ROOT.resolve(name), home.resolve(name)), name);
        }
        assertEquals(Archive.names(Pipecat.ROOT.resolve("licenses")), Archive.names(home.resolve("licenses")));
        if (!tier.equals("portable")) {
            assertTrue(
                    Files.isRegularFile(home.resolve("runtime/legal/java.base/LICENSE")), "those of the Java runtime");
        }
    }

    private static Path jar(Path folder, String prefix) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> String.valueOf(jar.getFileName()).startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
