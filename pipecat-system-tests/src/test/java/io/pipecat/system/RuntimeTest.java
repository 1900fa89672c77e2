package io.pipecat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtimes as an operator unpacks them. */
class RuntimeTest {
    private static final Path NOWHERE = Path.of("/nonexistent");

    @TempDir
    private Path folder;

    private Pipecat runtime(Path home) throws IOException {
        // The checkout's Java must not help.
        return new Pipecat(folder)
                .program(home.resolve("bin/pipecat"))
                .with("JAVA_HOME", NOWHERE.toString())
                .with("PIPECAT_LIB", NOWHERE.toString());
    }

    private static List<String> roles(Pipecat.Result topology) {
        assertEquals(0, topology.code(), topology.err());
        return topology.out()
                .lines()
                .skip(2)
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    @Test
    void edgeCarriesNoModelEngineAndSaysWhatItNeeds() throws Exception {
        Path home = Archive.unpack("edge", folder.resolve("a place with spaces"));
        try (Stream<Path> files = Files.walk(home)) {
            // The terms of all libraries are the same text in every archive.
            Path terms = home.resolve("licenses");
            assertTrue(
                    files.noneMatch(file -> file.toString().contains("llama") && !file.startsWith(terms)),
                    "a model engine");
        }
        Pipecat.Result alone = runtime(home).run("ask", "Hello");
        assertTrue(alone.isPlainFailure(3), alone.toString());
        assertTrue(alone.err().contains("llama_api_url_override"), alone.err());
        Pipecat.Result remote = runtime(home)
                .with("LLAMA_API_URL_OVERRIDE", "http://127.0.0.1:9/v1")
                .run("ask", "Hello");
        assertTrue(remote.isPlainFailure(4), remote.toString());
    }

    @Test
    void midAnswersAndUsesAToolAndItsHouseWithTheNetworkCut() throws Exception {
        Path home = Archive.unpack("mid", folder);
        Pipecat mid = runtime(home).withoutNetwork();
        Pipecat.Result talk = mid.typing("""
                        Hello
                        What is 17 * 23?
                        Turn on the kitchen light
                        """).run("chat");
        assertEquals(0, talk.code(), talk.err());
        List<String> answers = talk.out().lines().toList();
        assertEquals(3, answers.size(), talk.out());
        assertTrue(answers.get(0).startsWith("Hello"), talk.out());
        assertTrue(answers.get(1).contains("391"), talk.out());
        List<String> calls = Files.readAllLines(mid.stateDir().resolve("audit/tool-calls.jsonl"));
        assertEquals(2, calls.size(), calls.toString());
        assertTrue(calls.get(0).contains("\"calculator\""), calls.toString());
        assertTrue(calls.get(1).contains("\"world_model\""), calls.toString());
        Pipecat.Result light = mid.run("tools", "call", "world_model.get_device", "id=kitchen light");
        assertTrue(light.out().contains("\"on\"") && !light.out().contains("\"off\""), light.out() + light.err());
    }

    @Test
    void aPluginThatIsTakenOutTakesItsPartAwayAndNothingElse() throws Exception {
        Path home = Archive.unpack("mid", folder);
        String jar = Archive.names(home.resolve("lib")).stream()
                .filter(name -> name.startsWith("pipecat-tools-web-"))
                .findFirst()
                .orElseThrow();
        Path plugin = home.resolve("plugins").resolve(jar);
        Files.move(home.resolve("lib").resolve(jar), plugin);
        List<String> with = new ArrayList<>(roles(runtime(home).run("topology")));
        Files.delete(plugin);
        List<String> without = roles(runtime(home).run("topology"));
        assertTrue(with.removeIf(role -> role.startsWith("tool:web ")), with.toString());
        assertEquals(with, without);
    }

    @Test
    void theCacheIsUsedWhileItFitsAndMissedOnce() throws Exception {
        Path home = Archive.unpack("edge", folder);
        Pipecat.Result trained = runtime(home).run("aot");
        assertEquals(0, trained.code(), trained.err());
        Path used = folder.resolve("used.log");
        Pipecat.Result cached = runtime(home)
                .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + used)
                .run("--version");
        assertEquals(0, cached.code(), cached.err());
        assertTrue(
                Files.readString(used).contains("io.pipecat.launcher.Main source: shared objects file"),
                "the launcher was not loaded from the cache");
        Files.writeString(home.resolve("plugins/README.txt"), "changed");
        Pipecat.Result told = runtime(home).run("--version");
        assertTrue(told.err().contains("'pipecat aot' makes it anew"), told.err());
        Pipecat.Result quiet = runtime(home).run("--version");
        assertEquals(0, quiet.code());
        assertFalse(quiet.err().contains("aot"), quiet.err());
    }

    @Test
    void portableUsesTheJavaThatIsThereIfItIsNewEnough() throws Exception {
        Path home = Archive.unpack("portable", folder);
        Pipecat.Result version =
                runtime(home).with("JAVA_HOME", System.getProperty("java.home")).run("--version");
        assertEquals(0, version.code(), version.err());
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 99\n");
        assertTrue(old.resolve("java").toFile().setExecutable(true));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"17.0.9\"\n");
        Pipecat.Result refused = runtime(home)
                .with("PIPECAT_JAVA_HOME", folder.resolve("old").toString())
                .run("--version");
        assertTrue(refused.isPlainFailure(69), refused.toString());
        assertTrue(refused.err().contains("Java 21 or newer"), refused.err());
    }
}
