package io.pipecat.tools.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipecat.testkit.RequiredPart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's git, cut off from whatever is configured for the user who runs the test. */
final class RealGit {
    private static final RequiredPart GIT = RequiredPart.of("git", "Debian package git");

    private RealGit() {}

    static String git(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                GIT.orSkip().toString(),
                "-c",
                "user.name=Mia",
                "-c",
                "user.email=mia@example.org",
                "-c",
                "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + output);
        return output.strip();
    }

    /** A bare repository with one commit on main. */
    static Path origin(Path folder) throws Exception {
        Path seed = Files.createDirectory(folder.resolve("seed"));
        git(seed, "init", "-q", "-b", "main");
        commit(seed, "a.txt", "one\ntwo\nthree\n", "first");
        git(folder, "clone", "-q", "--bare", "seed", "origin.git");
        git(seed, "remote", "add", "origin", folder.resolve("origin.git").toString());
        git(seed, "fetch", "-q", "origin");
        git(seed, "branch", "-q", "-u", "origin/main");
        return folder.resolve("origin.git");
    }

    static void commit(Path repository, String file, String content, String message) throws Exception {
        Files.writeString(repository.resolve(file), content);
        git(repository, "add", "-A");
        git(repository, "commit", "-q", "-m", message);
    }
}
