package io.pipecat.documentation;

import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every page that the repository holds. */
final class Documents {
    private static final RequiredPart GIT = RequiredPart.of("git", "Debian package git");

    private static final Path FUZZ_TARGETS = Checkout.ROOT.resolve("pipecat-fuzz-tests/src/test/java");

    private Documents() {}

    /** All pages of the repository, what is about to be added to it included. */
    static List<Document> all() throws IOException {
        return files("*.md").stream()
                .map(file -> Document.of(Checkout.ROOT, file))
                .toList();
    }

    /** What a command of a document may use of the repository: all but the code, which is built already; fuzz targets are listed. */
    static List<Path> usable() throws IOException {
        return files(".").stream()
                .filter(file -> !file.toString().contains("/src/main/")
                        && (!file.toString().contains("/src/test/") || file.startsWith(FUZZ_TARGETS)))
                .toList();
    }

    private static List<Path> files(String pattern) throws IOException {
        Process git = new ProcessBuilder(
                        GIT.orSkip().toString(), "ls-files", "--cached", "--others", "--exclude-standard", pattern)
                .directory(Checkout.ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Checkout.ROOT::resolve)
                    .filter(Files::isRegularFile)
                    .toList();
        } finally {
            git.destroy();
        }
    }

    static Document of(Path folder, String name) {
        return Document.of(folder, folder.resolve(name));
    }
}
