package io.pipecat.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds this build to the rules for what others get of it, and the rules to builds that break them. */
class ReleaseTest {
    @TempDir
    private Path made;

    @Test
    void everythingThatIsDeployedIsInTheBom() {
        assertEquals(List.of(), ReleaseRules.bom(Reactor.root()));
    }

    @Test
    void everythingHasOneVersion() {
        assertEquals(List.of(), ReleaseRules.versions(Reactor.root()));
    }

    @Test
    void aModuleMissingInTheBomIsFound() throws IOException {
        pom("", "root", "1", modules("pipecat-bom", "good", "new", "old", "tests", "hidden"));
        pom(
                "pipecat-bom",
                "pipecat-bom",
                "1",
                managed("good", "${project.version}")
                        + managed("old", "0.9")
                        + managed("hidden", "${project.version}")
                        + managed("gone", "${project.version}"));
        for (String name : List.of("good", "new", "old")) {
            pom(name, name, "1", "");
            code(name);
        }
        pom("tests", "tests", "1", "");
        pom("hidden", "hidden", "1", "<properties><maven.deploy.skip>true</maven.deploy.skip></properties>");
        code("hidden");
        assertEquals(
                Set.of(
                        "new is deployed and not in pipecat-bom with the version ${project.version}",
                        "old is deployed and not in pipecat-bom with the version ${project.version}",
                        "tests ships no code and is deployed: set maven.deploy.skip in its pom.xml",
                        "hidden is in pipecat-bom and not deployed",
                        "io.pipecat:gone is in pipecat-bom and no module of this build"),
                Set.copyOf(ReleaseRules.bom(made)));
    }

    @Test
    void anotherVersionIsFound() throws IOException {
        pom("", "root", "2", modules("pipecat-bom", "child"));
        pom("pipecat-bom", "pipecat-bom", "1", "");
        pom("child", "child", "2", "");
        pom("examples/embed", "embed", "7", "<properties><pipecat.version>1</pipecat.version></properties>");
        assertEquals(
                Set.of("pipecat-bom has the version 1 and not 2", "examples/embed uses the version 1 and not 2"),
                Set.copyOf(ReleaseRules.versions(made)));
    }

    private void pom(String folder, String name, String version, String rest) throws IOException {
        Path file = made.resolve(folder).resolve("pom.xml");
        Files.createDirectories(made.resolve(folder));
        Files.writeString(
                file,
                "<project><artifactId>" + name + "</artifactId><version>" + version + "</version>" + rest
                        + "</project>");
    }

    private void code(String folder) throws IOException {
        Path sources = Files.createDirectories(made.resolve(folder).resolve("src/main/java"));
        Files.writeString(sources.resolve("Some.java"), "class Some {}");
    }

    private static String modules(String... names) {
        StringBuilder modules = new StringBuilder("<modules>");
        for (String name : names) {
            modules.append("<module>").append(name).append("</module>");
        }
        return modules.append("</modules>").toString();
    }

    private static String managed(String name, String version) {
        return "<dependencyManagement><dependencies><dependency><groupId>io.pipecat</groupId><artifactId>" + name
                + "</artifactId><version>" + version
                + "</version></dependency></dependencies></dependencyManagement>";
    }
}
