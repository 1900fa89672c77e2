package io.pipecat.system;

import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The archives that the build has made of the runtimes. */
final class Archive {
    private static final Path TARGET = Pipecat.ROOT.resolve("pipecat-dist/runtimes/target");

    private Archive() {}

    /** Where the archive of a runtime is. */
    static Path of(String tier) {
        RequiredPart.that(
                        "the archives of pipecat-dist/runtimes",
                        "run ./mvnw verify, which makes them",
                        () -> find(tier).isPresent())
                .orSkip();
        return find(tier).orElseThrow();
    }

    /** Unpacks a runtime: {@code edge}, {@code mid}, {@code core} or {@code portable}. */
    static Path unpack(String tier, Path folder) throws IOException, InterruptedException {
        Path archive = of(tier);
        Files.createDirectories(folder);
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar could not unpack the archive of " + tier);
        }
        try (Stream<Path> unpacked = Files.list(folder)) {
            return unpacked.filter(path -> name(path).startsWith("pipecat-" + tier))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Optional<Path> find(String tier) {
        if (!Files.isDirectory(TARGET)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(path -> name(path).startsWith("pipecat-" + tier)
                            && name(path).endsWith(".tar.gz"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Archive::name).sorted().toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
