package io.pipecat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the list of libraries to the jars of a whole node, and the rules to lists that are wrong. */
class LicenceTest {
    private static final Path DIST = Reactor.root().resolve("pipecat-dist/target");

    @TempDir
    private Path made;

    @Test
    void everyLibraryIsListedWithItsText() {
        RequiredPart.that(
                        "the jars of pipecat-dist",
                        "run ./mvnw verify, which makes them",
                        () -> Files.isDirectory(DIST.resolve("lib")))
                .orSkip();
        assertEquals(List.of(), LicenceRules.listed(Reactor.root(), DIST.resolve("lib")));
    }

    @Test
    void licencesAreThoseThatTheMakersDeclare() {
        Path parts = DIST.resolve("bom.json");
        RequiredPart.that("the list of parts", "build it online: without -o", () -> Files.exists(parts))
                .orSkip();
        assertEquals(List.of(), LicenceRules.declared(Reactor.root(), parts));
    }

    @Test
    void aJarThatIsNotListedIsFound() throws IOException {
        page("| listed | MIT | in the jar: `META-INF/LICENSE` |", "| gone | MIT | `LICENSE` |");
        jar("listed-1.0.jar", "META-INF/LICENSE");
        jar("unlisted-2.0.jar", "META-INF/LICENSE");
        jar("pipecat-api-1.jar", "nothing");
        assertEquals(
                Set.of(
                        "unlisted-2.0.jar is not listed in THIRD-PARTY.md",
                        "gone is listed in THIRD-PARTY.md and carried by no node"),
                Set.copyOf(LicenceRules.listed(made, made.resolve("lib"))));
    }

    @Test
    void aTextThatIsMissingIsFound() throws IOException {
        page("| inside | MIT | in the jar: `META-INF/LICENSE` |", "| beside | MIT | `licenses/beside.txt` |");
        append("| bare | MIT | none |", "| free | MIT-0 | none |");
        for (String name : List.of("inside", "beside", "bare", "free")) {
            jar(name + "-1.jar", "nothing");
        }
        assertEquals(
                Set.of(
                        "inside has its licence in the jar: `META-INF/LICENSE`, says THIRD-PARTY.md, and it is not there",
                        "beside has its licence `licenses/beside.txt`, says THIRD-PARTY.md, and it is not there",
                        "bare has no text of its licence in THIRD-PARTY.md"),
                Set.copyOf(LicenceRules.listed(made, made.resolve("lib"))));
    }

    @Test
    void anotherLicenceIsFound() throws IOException {
        page("| right | EPL-2.0 or MIT | `LICENSE` |", "| wrong | MIT | `LICENSE` |");
        Path parts = Files.writeString(made.resolve("bom.json"), """
                {"components": [
                  {"name": "right", "licenses": [{"license": {"id": "MIT"}}, {"license": {"id": "EPL-2.0"}}]},
                  {"name": "wrong", "licenses": [{"license": {"name": "GPL"}}]}
                ]}
                """);
        assertEquals(
                List.of("wrong is under [GPL] and not, as THIRD-PARTY.md says, under [MIT]"),
                LicenceRules.declared(made, parts));
    }

    private void page(String... rows) throws IOException {
        Files.createDirectories(made.resolve("lib"));
        Files.writeString(made.resolve("THIRD-PARTY.md"), "| library | licence | text |\n| --- | --- | --- |\n");
        append(rows);
    }

    private void append(String... rows) throws IOException {
        Files.writeString(made.resolve("THIRD-PARTY.md"), String.join("\n", rows) + "\n", StandardOpenOption.APPEND);
    }

    private void jar(String name, String entry) throws IOException {
        try (OutputStream file = Files.newOutputStream(made.resolve("lib").resolve(name));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry(entry));
            jar.closeEntry();
        }
    }
}
