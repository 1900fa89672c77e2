package io.pipecat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the list of libraries to the jars of a whole node and to what the runtimes carry, and the rules to lists that are wrong. */
class LicenceTest {
    private static final Path DIST = Reactor.root().resolve("pipecat-dist");
    private static final Path ALL = DIST.resolve("target");
    private static final Path EDGE = DIST.resolve("edge/target/lib");
    private static final Path RUNTIMES = DIST.resolve("runtimes/target/image");
    private static final String MIT = "Permission is hereby\n  granted, free of charge, to any person";

    @TempDir
    private Path made;

    @Test
    void everyLibraryIsListedWithItsText() {
        RequiredPart.that(
                        "the jars of pipecat-dist",
                        "run ./mvnw verify, which makes them",
                        () -> Files.isDirectory(ALL.resolve("lib")))
                .orSkip();
        assertEquals(List.of(), LicenceRules.listed(Reactor.root(), ALL.resolve("lib")));
    }

    @Test
    void licencesAreThoseThatTheMakersDeclare() {
        Path parts = ALL.resolve("bom.json");
        RequiredPart.that("the list of parts", "build it online: without -o", () -> Files.exists(parts))
                .orSkip();
        assertEquals(List.of(), LicenceRules.declared(Reactor.root(), parts));
    }

    @Test
    void whatBuildsAndTestsIsListed() {
        Set<String> used = BuildPartRules.used(Reactor.root()).keySet();
        for (String name : List.of(
                "error_prone_core",
                "jazzer",
                "jmh-generator-annprocess",
                "junit-jupiter",
                "maven-compiler-plugin",
                "palantir-java-format",
                "@modelcontextprotocol/sdk",
                "playwright-core",
                "@cdktf/hcl2json")) {
            assertTrue(used.contains(name), () -> name + " is not in " + used);
        }
        assertEquals(List.of(), BuildPartRules.listed(Reactor.root()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "mid", "core", "portable"})
    void aRuntimeCarriesTheTextOfEveryJarInIt(String tier) {
        Path home = runtime(tier);
        assertEquals(List.of(), LicenceRules.carried(home, home.resolve("lib")));
    }

    @Test
    void anEdgeNodeCarriesTheTextOfWhatIsLinked() throws IOException, InterruptedException {
        Path home = runtime("edge");
        Process extracting = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jimage").toString(),
                        "extract",
                        "--dir=" + made,
                        "--include=regex:.*/(META-INF/.*|about\\.html)",
                        home.resolve("runtime/lib/modules").toString())
                .inheritIO()
                .start();
        assertEquals(0, extracting.waitFor());
        assertEquals(List.of(), LicenceRules.linked(home, EDGE, made));
    }

    @Test
    void aJarThatIsNotListedIsFound() throws IOException {
        page("| listed | MIT | in the jar: `META-INF/LICENSE` |", "| gone | MIT | `LICENSE` |");
        jar("listed-1.0.jar", "META-INF/LICENSE", MIT);
        jar("unlisted-2.0.jar", "META-INF/LICENSE", MIT);
        jar("pipecat-api-1.jar", "nothing", "");
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
            jar(name + "-1.jar", "nothing", "");
        }
        assertEquals(
                Set.of(
                        "inside has its licence in the jar: `META-INF/LICENSE`, says THIRD-PARTY.md, and it is not there",
                        "beside has its licence `licenses/beside.txt`, says THIRD-PARTY.md, and it is not there",
                        "bare has no text of its licence in THIRD-PARTY.md"),
                Set.copyOf(LicenceRules.listed(made, made.resolve("lib"))));
    }

    @Test
    void aTextOfAnotherLicenceAndANoteThatOnlyPointsToOneAreFound() throws IOException {
        page("| note | Apache-2.0 | in the jar: `META-INF/LICENSE` |", "| other | MPL-2.0 or MIT | `other.txt` |");
        append("| odd | Odd-1.0 | in the jar: `META-INF/LICENSE` |");
        jar(
                "note-1.jar",
                "META-INF/LICENSE",
                "Licensed under the Apache License; you may obtain a copy at apache.org.");
        jar("other-1.jar", "nothing", "");
        jar("odd-1.jar", "META-INF/LICENSE", "Do as you please.");
        Files.writeString(made.resolve("other.txt"), MIT);
        assertEquals(
                Set.of(
                        "note has its licence in the jar: `META-INF/LICENSE`, says THIRD-PARTY.md, and that is no text of Apache-2.0",
                        "other has its licence `other.txt`, says THIRD-PARTY.md, and that is no text of MPL-2.0",
                        "nobody has said by which words the text of Odd-1.0 is known"),
                Set.copyOf(LicenceRules.carried(made, made.resolve("lib"))));
    }

    @Test
    void aTextThatLinkingLeftOutIsFound() throws IOException {
        page("| kept | MIT | in the jar: `META-INF/LICENSE` |", "| lost | MIT | in the jar: `META-INF/LICENSE` |");
        append("| beside | MIT | none |");
        Path edge = Files.createDirectories(made.resolve("edge"));
        for (String name : List.of("kept-1.jar", "lost-1.jar", "beside-1.jar")) {
            jar(name, "META-INF/LICENSE", MIT);
            Files.copy(made.resolve("lib").resolve(name), edge.resolve(name));
        }
        Files.delete(made.resolve("lib/kept-1.jar"));
        Files.delete(made.resolve("lib/lost-1.jar"));
        Path modules = made.resolve("modules");
        Files.createDirectories(modules.resolve("kept/META-INF"));
        Files.writeString(modules.resolve("kept/META-INF/LICENSE"), MIT);
        assertEquals(
                List.of(
                        "lost has its licence in the jar: `META-INF/LICENSE`, says THIRD-PARTY.md, and it is not there"),
                LicenceRules.linked(made, edge, modules));
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

    @Test
    void aPartOfTheBuildThatIsNotListedIsFound() throws IOException {
        page("| carried | MIT | `LICENSE` |");
        append("## What builds and tests it", "| tested-with | MIT | tests |", "| gone | MIT | tests |");
        append("| @a/listed | MIT | tests |", "| carried | MIT | tests |");
        Files.writeString(made.resolve("pom.xml"), """
                <project>
                  <dependencyManagement><dependencies>
                    <dependency><groupId>g</groupId><artifactId>only-managed</artifactId></dependency>
                  </dependencies></dependencyManagement>
                  <dependencies>
                    <dependency><groupId>io.pipecat</groupId><artifactId>pipecat-api</artifactId></dependency>
                    <dependency><groupId>g</groupId><artifactId>carried</artifactId></dependency>
                    <dependency><groupId>g</groupId><artifactId>tested-with</artifactId><scope>test</scope></dependency>
                  </dependencies>
                  <profiles><profile><dependencies>
                    <dependency><groupId>g</groupId><artifactId>new-in-a-profile</artifactId></dependency>
                  </dependencies></profile></profiles>
                  <build><plugins><plugin>
                    <artifactId>new-plugin</artifactId>
                    <configuration><paths><path><groupId>g</groupId><artifactId>new-checker</artifactId></path></paths></configuration>
                  </plugin></plugins></build>
                </project>
                """);
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(
                made.resolve("bin/some-parts"),
                "parts=(@a/listed@1.0.0 \"new-part@$version\")\nnpm install \"${parts[@]}\" root@host\n");
        assertEquals(
                List.of(
                        "new-checker, which pom.xml names, is not listed in THIRD-PARTY.md",
                        "new-in-a-profile, which pom.xml names, is not listed in THIRD-PARTY.md",
                        "new-part, which bin/some-parts names, is not listed in THIRD-PARTY.md",
                        "new-plugin, which pom.xml names, is not listed in THIRD-PARTY.md",
                        "gone is listed in THIRD-PARTY.md and named nowhere",
                        "carried is listed twice in THIRD-PARTY.md, and a node carries it"),
                BuildPartRules.listed(made));
        assertEquals(Set.of("carried"), LicenceRules.names(made));
    }

    private static Path runtime(String tier) {
        RequiredPart.that(
                        "the runtimes of pipecat-dist",
                        "run ./mvnw verify, which makes them",
                        () -> findRuntime(tier).isPresent())
                .orSkip();
        return findRuntime(tier).orElseThrow();
    }

    private static Optional<Path> findRuntime(String tier) {
        if (!Files.isDirectory(RUNTIMES)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(RUNTIMES)) {
            return found.filter(home -> String.valueOf(home.getFileName()).startsWith("pipecat-" + tier + "-"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void page(String... rows) throws IOException {
        Files.createDirectories(made.resolve("lib"));
        Files.writeString(made.resolve("THIRD-PARTY.md"), "| library | licence | text |\n| --- | --- | --- |\n");
        append(rows);
    }

    private void append(String... rows) throws IOException {
        Files.writeString(made.resolve("THIRD-PARTY.md"), String.join("\n", rows) + "\n", StandardOpenOption.APPEND);
    }

    private void jar(String name, String entry, String text) throws IOException {
        try (OutputStream file = Files.newOutputStream(made.resolve("lib").resolve(name));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(text.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }
}
